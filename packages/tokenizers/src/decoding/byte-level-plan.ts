import { readSpelling } from '../bytes/byte-alphabet';
import { encodeUtf8 } from '../bytes/utf8';
import { createUtf8Reader } from '../bytes/utf8-reader';
import type { DecodingPlan } from './decoding-stage';

/** The bytes of a byte-level token; a token with characters outside the alphabet stands for itself. */
function byteLevelBytes(token: string): Uint8Array {
  return readSpelling(token) ?? encodeUtf8(token);
}

/** Hugging Face's `ByteLevel` decoder: all bytes together, broken UTF-8 as U+FFFD. */
export const byteLevelPlan: DecodingPlan = {
  create() {
    const reader = createUtf8Reader();
    return {
      push: (token) => [reader.push(byteLevelBytes(token))],
      flush: () => [reader.flush()],
    };
  },
  fuses: true,
  middle: byteLevelBytes,
  bytes: byteLevelBytes,
};
