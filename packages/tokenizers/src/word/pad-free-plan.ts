import type { DecodingPlan } from '../decoding/decoding-stage';

/** Tokens with `between` in front of all but the first; padding is no text. */
export function padFreePlan(pad: string | undefined, between: string): DecodingPlan {
  return {
    create() {
      let isFirst = true;
      return {
        push(token) {
          if (token === pad) return [];
          const text = isFirst ? token : between + token;
          isFirst = false;
          return [text];
        },
        flush() {
          isFirst = true;
          return [];
        },
      };
    },
    middle: (token) => between + token,
  };
}
