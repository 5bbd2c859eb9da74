import type { DecodingPlan } from './decoding-stage';

/** Hugging Face's `BPEDecoder`: the end-of-word suffix becomes a space, and nothing in the last token. */
export function suffixPlan(suffix: string): DecodingPlan {
  return {
    create() {
      let waiting: string | undefined;
      return {
        push(token) {
          const before = waiting;
          waiting = token;
          return before === undefined ? [] : [before.split(suffix).join(' ')];
        },
        flush() {
          const last = waiting;
          waiting = undefined;
          return last === undefined ? [] : [last.split(suffix).join('')];
        },
      };
    },
    middle: (token) => token.split(suffix).join(' '),
  };
}
