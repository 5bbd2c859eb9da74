import type { DecodeOptions } from '@nexttoken/model';
import { decodeUtf8 } from '../bytes/utf8';
import { createStreamDecoder, type DecodingVocabulary } from './create-stream-decoder';

/** All text of some ids at once; the same as what a stream decoder says of them piece by piece. */
export type DecodeIds = (ids: ArrayLike<number>, options: DecodeOptions) => string;

/** Decodes by joining the tokens' bytes where that is all there is to it, else with a stream decoder. */
export function createIdsDecoder(vocabulary: DecodingVocabulary): DecodeIds {
  const bytesOfToken = vocabulary.plans.length === 1 ? vocabulary.plans[0]!.bytes : undefined;
  if (bytesOfToken === undefined) return (ids, options) => decodePieces(vocabulary, ids, options);
  const known: Uint8Array[] = [];
  const bytesOf = (id: number) => {
    known[id] ??= bytesOfToken(vocabulary.requireToken(id));
    return known[id];
  };
  return (ids, options) => {
    const { skipSpecialTokens = false, cleanUpSpaces = vocabulary.cleanUpSpaces } = options;
    if (cleanUpSpaces) return decodePieces(vocabulary, ids, options);
    let bytes = new Uint8Array(4 * ids.length + 64);
    let length = 0;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      const added = bytesOf(id);
      if (skipSpecialTokens && vocabulary.isSpecial(id)) continue;
      if (length + added.length > bytes.length) bytes = enlarged(bytes, length + added.length);
      if (added.length > 16) bytes.set(added, length);
      else for (let j = 0; j < added.length; j++) bytes[length + j] = added[j]!;
      length += added.length;
    }
    return decodeUtf8(bytes.subarray(0, length));
  };
}

function decodePieces(
  vocabulary: DecodingVocabulary,
  ids: ArrayLike<number>,
  options: DecodeOptions,
): string {
  const decoder = createStreamDecoder(vocabulary, options);
  const pieces: string[] = [];
  for (let i = 0; i < ids.length; i++) pieces.push(decoder.push(ids[i]!));
  pieces.push(decoder.flush());
  return pieces.join('');
}

function enlarged(bytes: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, 2 * bytes.length));
  larger.set(bytes);
  return larger;
}
