import { readFileSync } from 'node:fs';
import { env } from 'node:process';
import { describe, expect, test } from 'vitest';
import { inCodePoints } from '../testing/in-code-points';
import { tokenizerFromJson } from './tokenizer-from-json';

interface Answers {
  readonly kinds: readonly {
    readonly name: string;
    readonly json: unknown;
    readonly cases: readonly { readonly text: string; readonly ids: number[]; readonly offsets: number[] }[];
  }[];
}

/** Made by testdata/make-pipelines.py; more of the same by PIPELINE_ANSWERS. */
const path = env.PIPELINE_ANSWERS ?? new URL('../../testdata/pipelines.json', import.meta.url);
const { kinds } = JSON.parse(readFileSync(path, 'utf8')) as Answers;

describe.each(kinds)('$name, as Rust tokenizers has it', ({ json, cases }) => {
  const tokenizer = tokenizerFromJson(json);

  test.each(cases)('$text', ({ text, ids, offsets }) => {
    const encoding = tokenizer.encode(text);
    expect([...encoding.ids]).toEqual(ids);
    expect(inCodePoints(text, encoding.offsets!)).toEqual(offsets);
    const trace = tokenizer.trace(text);
    expect(trace.ids).toEqual(ids);
  });
});
