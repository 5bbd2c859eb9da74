import type { Tokenizer } from '@nexttoken/model';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What a token adds to a text, bytes that are no UTF-8 as U+FFFD; '' for an unused id or without a tokenizer. */
export function tokenText(tokenizer: Tokenizer | undefined, id: number): string {
  const bytes = tokenizer?.bytesOf(id);
  return bytes ? decoder.decode(bytes) : '';
}
