import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sentencePieceTokenizer } from './sentencepiece-tokenizer';

const stored = new URL('../../testdata/sentencepiece.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(stored, 'utf8')) as { cases: { name: string; model: string }[] };

const kinds = cases.filter(({ name }) => !/unused|equal|escaping|across/.test(name));

describe.each(kinds)(
  '$name',
  ({ model }) => {
    const tokenizer = sentencePieceTokenizer(new Uint8Array(gunzipSync(Buffer.from(model, 'base64'))));

    test('a line of 5 MB', () => {
      const sentence =
        'The quick brown fox jumps over the lazy dog, and the hen sat on a warm stone: 12 foxes. ';
      const { ids, offsets } = tokenizer.encode(sentence.repeat(57_000));
      expect(offsets!.at(-1)![1]).toBeGreaterThan(57_000 * sentence.length - 3);
      expect(tokenizer.decode(ids, { skipSpecialTokens: true }).length).toBeGreaterThan(4e6);
    });

    test.each([['a'], [' '], ['狐'], ['🦊'], ['\0']])('%j, a million times', (sign) => {
      const { ids, offsets } = tokenizer.encode(sign.repeat(1e6));
      expect(offsets!.length).toBe(ids.length);
    });
  },
  120_000,
);
