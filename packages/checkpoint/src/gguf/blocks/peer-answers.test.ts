import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readableBlocks } from './readable-blocks';

interface Answers {
  readonly gguf: string;
  readonly types: Readonly<Record<string, { readonly bytes: string; readonly values: string }>>;
}

const file = new URL('../../../testdata/block-answers.json', import.meta.url);
const answers = JSON.parse(readFileSync(file, 'utf8')) as Answers;
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));

describe(`what gguf ${answers.gguf} (Python) dequantizes, bit for bit`, () => {
  test.each(Object.keys(answers.types))('%s', (name) => {
    const format = readableBlocks.get(name)!;
    const { bytes, values } = answers.types[name]!;
    const stored = bytesOf(bytes);
    const expected = new Float32Array(bytesOf(values).buffer);
    const actual = new Float32Array((stored.length / format.blockBytes) * format.blockSize);
    format.dequantize(stored, actual);
    expect(actual.map((value) => value + 0)).toEqual(expected.map((value) => value + 0));
  });

  test('covers every type of blocks', () => {
    const blocks = [...readableBlocks.values()].filter(({ blockSize }) => blockSize > 1);
    expect(blocks.map(({ name }) => name).sort()).toEqual(Object.keys(answers.types).sort());
  });
});
