import type { Tokenizer } from '@nexttoken/model';
import { decodeSegments } from './decode-segments';
import { visibleText } from './visible-text';

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');

/**
 * A token as people see it, on one line and safe for a terminal: `␣Paris`, `⏎`, `‹E2 80›` (bytes that are
 * no UTF-8 by themselves), `‹unused 50300›` (an id that the tokenizer does not have), `‹empty›`; without a
 * tokenizer `#50300`. Never empty, never a raw control character.
 *
 * @param id a token id; it may exceed the tokenizer's vocabulary
 */
export function displayToken(tokenizer: Tokenizer | undefined, id: number): string {
  if (!tokenizer) return `#${id}`;
  const bytes = tokenizer.bytesOf(id);
  if (!bytes) return `‹unused ${id}›`;
  const shown = decodeSegments(bytes).map((segment) =>
    'text' in segment ? visibleText(segment.text) : `‹${hex(segment.bytes)}›`,
  );
  return shown.join('') || '‹empty›';
}
