import { existsSync, readFileSync } from 'node:fs';
import type { LogitsProcessor } from '@nexttoken/model';
import { minP } from '../processors/min-p';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { topP } from '../processors/top-p';
import { typicalP } from '../processors/typical-p';

const folder = new URL('../../../../../shared/goldens/', import.meta.url);

export const goldensPresent = existsSync(new URL('processors/top_p.json', folder));
if (!goldensPresent) console.info('goldens skipped: no shared/goldens beside the repository');

export function readGolden<Content>(path: string): Content {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as Content;
}

type Plain = number | string | readonly Plain[];
/** A float array as the goldens spell it: nested lists, or base64 with a shape. */
export type EncodedArray = readonly Plain[] | { readonly shape: readonly number[]; readonly b64: string };

const special: Readonly<Record<string, number>> = { inf: Infinity, '-inf': -Infinity, nan: Number.NaN };

function plainRow(values: readonly Plain[]): Float32Array {
  return Float32Array.from(values, (value) => (typeof value === 'string' ? special[value]! : Number(value)));
}

/** Decodes an array of shape `[batch, vocab]` into its rows. */
export function decodeRows(encoded: EncodedArray): Float32Array[] {
  if (!('b64' in encoded)) return encoded.map((row) => plainRow(row as readonly Plain[]));
  const [batch, width] = encoded.shape as [number, number];
  const all = new Float32Array(Uint8Array.from(Buffer.from(encoded.b64, 'base64')).buffer);
  return Array.from({ length: batch }, (_, row) => all.slice(row * width, (row + 1) * width));
}

/** Decodes a list or a one-dimensional array. */
export function decodeValues(encoded: EncodedArray): Float32Array {
  if (!('b64' in encoded)) return plainRow(encoded);
  return new Float32Array(Uint8Array.from(Buffer.from(encoded.b64, 'base64')).buffer);
}

export function decodeIds(encoded: unknown): readonly number[] {
  if (Array.isArray(encoded)) return encoded as number[];
  const { b64 } = encoded as { b64: string };
  return Array.from(new Int32Array(Uint8Array.from(Buffer.from(b64, 'base64')).buffer));
}

/** `[batch, length]` ids, some of them empty. */
export function decodeIdRows(encoded: unknown): readonly (readonly number[])[] {
  if (Array.isArray(encoded)) return encoded as number[][];
  const { shape } = encoded as { shape: readonly [number, number] };
  const all = decodeIds(encoded);
  return Array.from({ length: shape[0] }, (_, row) => all.slice(row * shape[1], (row + 1) * shape[1]));
}

export type GoldenParameters = Readonly<Record<string, number>>;

/** top_k takes min_tokens_to_keep 0 there, which means the same as 1; the others refuse it. */
function keep(parameters: GoldenParameters, lowest = 0) {
  const { min_tokens_to_keep } = parameters;
  return min_tokens_to_keep === undefined ? {} : { minTokensToKeep: Math.max(min_tokens_to_keep, lowest) };
}

/** Hugging Face's processors that this package has, made from Hugging Face's parameters. */
export const factories: Readonly<Record<string, (parameters: GoldenParameters) => LogitsProcessor>> = {
  temperature: (given) => temperature(given.temperature!),
  top_k: (given) => topK(given.top_k!, keep(given, 1)),
  top_p: (given) => topP(given.top_p!, keep(given)),
  min_p: (given) => minP(given.min_p!, keep(given)),
  typical_p: (given) => typicalP(given.typical_p!, keep(given)),
  repetition_penalty: (given) =>
    repetitionPenalty(
      given.penalty!,
      given.prompt_ignore_length === undefined ? {} : { promptIgnoreLength: given.prompt_ignore_length },
    ),
};
