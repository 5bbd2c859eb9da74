import { type DecodingPlan, type DecodingStage, tokenPlan } from './decoding-stage';

/** Replaces a string in a text that arrives in parts, from left to right without overlap. */
export function createReplaceStage(pattern: string, content: string): DecodingStage {
  let held = '';
  return {
    push(piece) {
      const parts = (held + piece).split(pattern);
      const rest = parts[parts.length - 1]!;
      let keep = Math.min(pattern.length - 1, rest.length);
      while (keep > 0 && !rest.endsWith(pattern.slice(0, keep))) keep -= 1;
      held = rest.slice(rest.length - keep);
      parts[parts.length - 1] = rest.slice(0, rest.length - keep);
      return [parts.join(content)];
    },
    flush() {
      const rest = held;
      held = '';
      return rest === '' ? [] : [rest];
    },
  };
}

/** Hugging Face's `Replace` decoder with a string pattern (not empty), of tokens or of the fused text. */
export function replacePlan(pattern: string, content: string, fused: boolean): DecodingPlan {
  const replace = (text: string) => text.split(pattern).join(content);
  return fused ? { create: () => createReplaceStage(pattern, content), middle: replace } : tokenPlan(replace);
}
