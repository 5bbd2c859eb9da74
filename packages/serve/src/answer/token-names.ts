import type { Tokenizer } from '@nexttoken/model';

/** A token as OpenAI's clients read it. */
export interface NamedToken {
  readonly token: string;
  /** The bytes that it adds to the text; `null` for an unused id. */
  readonly bytes: readonly number[] | null;
}

/**
 * How tokens are named in answers.
 * @param asIds `token_id:17` instead of the text, which several tokens may share
 */
export function tokenNames(tokenizer: Tokenizer, asIds: boolean): (id: number) => NamedToken {
  return (id) => {
    const bytes = tokenizer.bytesOf(id);
    const text = bytes === undefined ? `‹unused ${id}›` : new TextDecoder().decode(bytes);
    return { token: asIds ? `token_id:${id}` : text, bytes: bytes === undefined ? null : Array.from(bytes) };
  };
}
