import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../../shared/goldens/', import.meta.url);

export const goldensPresent = existsSync(new URL('smollm2/next.json', folder));
if (!goldensPresent) console.info('goldens skipped: no shared/goldens beside the repository');

export function readGolden<Content>(path: string): Content {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as Content;
}

/** A float32 array in base64, row-major. */
export interface EncodedFloats {
  readonly shape: readonly number[];
  readonly b64: string;
}

export function decodeFloats({ b64 }: EncodedFloats): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(b64, 'base64')).buffer);
}
