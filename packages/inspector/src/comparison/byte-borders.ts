import { type Encoding, NextTokenError, type Tokenizer } from '@nexttoken/model';

const encoder = new TextEncoder();

/** Bytes before each UTF-16 code unit, and all of them. */
function bytePlaces(text: string): number[] {
  const places = [0];
  for (const character of text) {
    const end = places.at(-1)! + encoder.encode(character).length;
    for (let unit = 1; unit < character.length; unit++) places.push(places.at(-1)!);
    places.push(end);
  }
  return places;
}

function startsWithSpace(spelt: readonly number[], bytes: Uint8Array): boolean {
  return (
    spelt.length === bytes.length + 1 && spelt[0] === 0x20 && bytes.every((byte, i) => spelt[i + 1] === byte)
  );
}

/**
 * Where each token ends in the bytes of the text: from the tokens' own bytes where they spell the text (a space that
 * the tokenizer puts before it does not count), else from the encoding's offsets.
 *
 * @returns one place a token, ascending; special tokens take no room
 * @throws NextTokenError `tokenizer-mismatch` where neither tells
 */
export function byteBorders(
  tokenizer: Tokenizer,
  { ids, offsets }: Encoding,
  text: string,
): readonly number[] {
  const bytes = encoder.encode(text);
  const pieces = Array.from(ids, (id) => (tokenizer.isSpecial(id) ? [] : [...(tokenizer.bytesOf(id) ?? [])]));
  const spelt = pieces.flat();
  const shift = startsWithSpace(spelt, bytes) ? 1 : 0;
  if (shift === 1 || (spelt.length === bytes.length && bytes.every((byte, i) => spelt[i] === byte))) {
    let end = -shift;
    return pieces.map((piece) => {
      end += piece.length;
      return Math.max(0, end);
    });
  }
  if (!offsets) {
    const message = 'compareModels: the tokens do not spell the text, and the tokenizer has no offsets';
    throw new NextTokenError('tokenizer-mismatch', message, { kind: tokenizer.kind });
  }
  const places = bytePlaces(text);
  let reached = 0;
  return offsets.map(([, end]) => {
    reached = Math.max(reached, places[end] ?? bytes.length);
    return reached;
  });
}
