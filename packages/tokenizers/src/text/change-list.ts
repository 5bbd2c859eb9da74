import { type AlignedText, unitsAt } from './aligned-text';
import { createRewriter } from './rewriter';

/** A list of new characters: each takes the place of old ones, or none. */
export interface ChangeList {
  /** `change` 0: takes the next old character's place; -n: and n more vanish; 1: is put behind what was last. */
  push(character: string, change: number): void;
  finish(): AlignedText;
}

/** Rewrites a text from its beginning, character by character, as Rust `tokenizers` keeps account of it. */
export function createChangeList(source: AlignedText): ChangeList {
  const { text } = source;
  const rewriter = createRewriter(source);
  let next = 0;
  let last = 0;
  const skip = () => {
    last = next;
    if (next < text.length) next += unitsAt(text, next);
  };
  return {
    push(character, change) {
      if (change <= 0) {
        const at = next;
        skip();
        for (let removed = change; removed < 0; removed++) skip();
        rewriter.write(character, Math.min(at, text.length - 1));
      } else rewriter.write(character, last);
    },
    finish: rewriter.finish,
  };
}
