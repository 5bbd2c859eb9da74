import { decodeUtf8 } from '../bytes/utf8';
import { createUtf8Validator } from '../bytes/utf8-validator';
import type { DecodingPlan } from './decoding-stage';

/** The byte that a token such as `<0xE2>` stands for; `undefined` for any other token. */
function byteOfToken(token: string): number | undefined {
  return /^<0x[0-9A-Fa-f]{2}>$/.test(token) ? Number.parseInt(token.slice(3, 5), 16) : undefined;
}

/**
 * Hugging Face's `ByteFallback` decoder: a run of byte tokens is text when all of it is well-formed UTF-8, else
 * every byte of the run is U+FFFD. A run is therefore certain when it ends or breaks, and held until then.
 */
export const byteFallbackPlan: DecodingPlan = {
  create() {
    let run: number[] = [];
    let validator = createUtf8Validator();
    let broken = false;
    const endRun = (): string[] => {
      const text = validator.complete ? decodeUtf8(Uint8Array.from(run)) : '\uFFFD'.repeat(run.length);
      run = [];
      validator = createUtf8Validator();
      broken = false;
      return text === '' ? [] : [text];
    };
    return {
      push(token) {
        const byte = byteOfToken(token);
        if (byte === undefined) return [...endRun(), token];
        if (broken) return ['\uFFFD'];
        run.push(byte);
        if (validator.push(byte)) return [];
        broken = true;
        const text = '\uFFFD'.repeat(run.length);
        run = [];
        return [text];
      },
      flush: endRun,
    };
  },
  middle(token) {
    const byte = byteOfToken(token);
    return byte === undefined ? token : Uint8Array.of(byte);
  },
};
