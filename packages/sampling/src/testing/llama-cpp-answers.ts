import { readFileSync } from 'node:fs';

/** What is left of a row: the ids, and scores where the sampler changes them (see testdata/make-llama-cpp.py). */
interface LlamaCppAnswer {
  readonly row: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly ids?: readonly number[];
  readonly kept?: readonly number[];
  readonly scores?: readonly (readonly [id: number, score: number])[];
  readonly boundary?: boolean;
  readonly tie?: boolean;
}

export interface LlamaCppCase extends LlamaCppAnswer {
  readonly sampler: string;
}

/** A sampler that chooses, step by step: its own choice, what it chose from, and its state afterwards. */
export interface LlamaCppChoices {
  readonly sampler: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly steps: readonly {
    readonly row: string;
    readonly id: number;
    readonly candidates: number;
    readonly p: number;
    readonly state: readonly number[];
    readonly overflow?: boolean;
  }[];
}

interface LlamaCppFile {
  readonly origin: { readonly llamaCpp: string; readonly library: string };
  readonly rows: Readonly<Record<string, string | readonly (number | '-inf')[]>>;
  readonly cases: readonly LlamaCppCase[];
  readonly tosses: readonly {
    readonly row: string;
    readonly parameters: { readonly probability: number; readonly threshold: number };
    readonly outcomes: readonly { readonly kept: readonly number[]; readonly count: number }[];
  }[];
  readonly chains: readonly LlamaCppAnswer[];
  readonly chosen: readonly LlamaCppChoices[];
}

/** A file of `testdata/`. */
export function readTestdata<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../../testdata/${name}`, import.meta.url), 'utf8')) as Content;
}

function decodeRow(row: string | readonly (number | '-inf')[]): Float32Array {
  if (typeof row !== 'string') return Float32Array.from(row, (x) => (x === '-inf' ? -Infinity : x));
  const bytes = Uint8Array.from(Buffer.from(row, 'base64'));
  return new Float32Array(bytes.buffer);
}

/** The answers of llama.cpp's own samplers, with the rows as numbers. */
export function llamaCppAnswers() {
  const { rows, ...file } = readTestdata<LlamaCppFile>('llama-cpp.json');
  const decoded = Object.entries(rows).map(([name, row]) => [name, decodeRow(row)] as const);
  return { ...file, rows: Object.fromEntries(decoded) };
}
