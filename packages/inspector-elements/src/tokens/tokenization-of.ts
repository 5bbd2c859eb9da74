import { displayToken } from '@nexttoken/inspector';
import { type Encoding, NextTokenError, type Tokenizer } from '@nexttoken/model';
import type { Tokenization } from './tokenization';

const encoder = new TextEncoder();

/** How many bytes each token takes of the text, from its own bytes; `undefined` where these do not spell it. */
function byBytes(tokenizer: Tokenizer, { ids }: Encoding, text: string): number[] | undefined {
  const bytes = encoder.encode(text);
  const pieces = Array.from(ids, (id) => (tokenizer.isSpecial(id) ? [] : [...(tokenizer.bytesOf(id) ?? [])]));
  const spelt = pieces.flat();
  // Some tokenizers put a space before the text.
  const shift = spelt.length === bytes.length + 1 && spelt[0] === 0x20 ? 1 : 0;
  if (spelt.length !== bytes.length + shift || bytes.some((byte, at) => spelt[at + shift] !== byte))
    return undefined;
  let rest = shift;
  return pieces.map(({ length }) => {
    const taken = Math.min(rest, length);
    rest -= taken;
    return length - taken;
  });
}

/** The same from the encoding's offsets. */
function byOffsets({ offsets }: Encoding, text: string): number[] | undefined {
  let reached = 0;
  return offsets?.map(([, end]) => {
    const before = reached;
    reached = Math.max(reached, encoder.encode(text.slice(0, end)).length);
    return reached - before;
  });
}

/**
 * A text as a tokenizer cuts it, for `<nt-tokens>`.
 * @param name the tokenizer's name; default its kind
 * @throws NextTokenError what `encode` throws; `tokenizer-mismatch` where neither the tokens' bytes nor offsets tell
 *   which part of the text each stands for
 */
export function tokenizationOf(tokenizer: Tokenizer, text: string, name = tokenizer.kind): Tokenization {
  const encoding = tokenizer.encode(text);
  const bytes = byBytes(tokenizer, encoding, text) ?? byOffsets(encoding, text);
  if (!bytes) {
    const message = `tokenizationOf: the tokens of ${name} do not spell the text, and it has no offsets`;
    throw new NextTokenError('tokenizer-mismatch', message, { kind: tokenizer.kind });
  }
  const pieces = Array.from(encoding.ids, (id, at) => ({
    id,
    token: displayToken(tokenizer, id),
    bytes: bytes[at] ?? 0,
    special: tokenizer.isSpecial(id),
  }));
  return { name, pieces };
}
