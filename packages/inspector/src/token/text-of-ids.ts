import type { Tokenizer } from '@nexttoken/model';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What some tokens add to a text, special ones left out; '' without a tokenizer. Bytes that are no UTF-8 are U+FFFD. */
export function textOfIds(tokenizer: Tokenizer | undefined, ids: readonly number[]): string {
  if (!tokenizer) return '';
  const pieces = ids.map((id) => (tokenizer.isSpecial(id) ? undefined : tokenizer.bytesOf(id)));
  return decoder.decode(Uint8Array.from(pieces.flatMap((bytes) => (bytes ? [...bytes] : []))));
}
