import { type DecodingPlan, tokenPlan } from './decoding-stage';

/**
 * Hugging Face's `Strip` decoder: takes away up to `start` characters `content` in front and up to `stop` at
 * the end, of every token or of the fused text.
 */
export function stripPlan(content: string, start: number, stop: number, fused: boolean): DecodingPlan {
  const lead = (text: string, most: number) => {
    let count = 0;
    while (count < most && text.startsWith(content, count * content.length)) count += 1;
    return count;
  };
  const tail = (text: string, most: number) => {
    let count = 0;
    while (count < most && text.slice(0, text.length - count * content.length).endsWith(content)) count += 1;
    return count;
  };
  if (!fused) {
    return tokenPlan((token) => {
      const front = lead(token, start) * content.length;
      return token.slice(front, Math.max(front, token.length - tail(token, stop) * content.length));
    });
  }
  return {
    create() {
      let left = start;
      let held = '';
      return {
        push(piece) {
          let text = piece;
          if (left > 0 && text !== '') {
            const count = lead(text, left);
            text = text.slice(count * content.length);
            left = text === '' ? left - count : 0;
          }
          text = held + text;
          const keep = tail(text, stop) * content.length;
          held = text.slice(text.length - keep);
          return [text.slice(0, text.length - keep)];
        },
        flush() {
          left = start;
          held = '';
          return [];
        },
      };
    },
  };
}
