/** The id of sentence borders: `</s>` where it is predicted, `<s>` where it begins a context. */
export const sentenceBorder = 0;
/** The id of every token that the vocabulary lacks. */
export const unknownToken = 1;
/** Ids below it are the two above; every other token has an id from here on. */
export const firstToken = 2;

/** The names of ids 0 and 1, in this order. */
export const reservedNames = ['</s>', '<unk>'] as const;

/**
 * What the ids of an n-gram index mean. Id 0 is the border of a sentence, id 1 the unknown token, tokens have ids from 2.
 */
export interface NgramVocabulary {
  /** Highest id + 1, borders and the unknown token included. */
  readonly size: number;
  /** `words`: spelled tokens. `tokenizer`: the ids of a tokenizer, moved up by 2. */
  readonly kind: 'words' | 'tokenizer';
  /** The token's id; `undefined` for one that is not there. `</s>` and `<s>` are 0, `<unk>` is 1. */
  idOf(token: string): number | undefined;
  /** How the token is spelled; `undefined` for an unused id. */
  tokenOf(id: number): string | undefined;
}
