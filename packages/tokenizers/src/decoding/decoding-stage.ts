/**
 * A step from tokens to text that works while tokens arrive. Pieces in, the pieces that became certain out.
 * Before the plan that fuses, a piece is a token; after it, any part of the text.
 */
export interface DecodingStage {
  push(piece: string): readonly string[];
  flush(): readonly string[];
}

/** A stage as read from a decoder's description: makes a fresh one for every text. */
export interface DecodingPlan {
  create(): DecodingStage;
  /** Whether the stage makes one text out of the tokens. */
  readonly fuses?: boolean;
  /** What a token in the middle of a text becomes; without it, the token stays. */
  readonly middle?: (token: string) => string | Uint8Array;
  /** Set where a text is the bytes of its tokens, one behind the other, broken UTF-8 as U+FFFD. */
  readonly bytes?: (token: string) => Uint8Array;
}

/** A plan that maps every token by itself; `index` is 0 for a text's first token. */
export function tokenPlan(map: (token: string, index: number) => string): DecodingPlan {
  return {
    create() {
      let index = 0;
      return {
        push: (token) => [map(token, index++)],
        flush() {
          index = 0;
          return [];
        },
      };
    },
    middle: (token) => map(token, 1),
  };
}
