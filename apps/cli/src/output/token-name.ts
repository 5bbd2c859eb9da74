import type { Tokenizer } from '@nexttoken/model';

/** The token as the vocabulary spells it; an id without a token is called `‹unused N›`. */
export function tokenName(tokenizer: Tokenizer, id: number): string {
  return tokenizer.tokenOf(id) ?? `‹unused ${id}›`;
}
