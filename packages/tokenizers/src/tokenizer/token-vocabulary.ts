/** Token by id and id by token. */
export interface TokenVocabulary {
  /** Highest id + 1. */
  readonly size: number;
  /** `undefined` where an id is unused. */
  tokenOf(id: number): string | undefined;
  idOf(token: string): number | undefined;
}

/** @param tokens token by id, sparse where ids are unused */
export function listVocabulary(
  tokens: readonly (string | undefined)[],
  idOf: ReadonlyMap<string, number>,
): TokenVocabulary {
  return { size: tokens.length, tokenOf: (id) => tokens[id], idOf: (token) => idOf.get(token) };
}
