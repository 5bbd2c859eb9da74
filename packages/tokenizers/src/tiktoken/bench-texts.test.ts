import { Tiktoken } from 'tiktoken/lite';
import { describe, expect, test } from 'vitest';
import { benchTexts } from '../../bench/texts';
import { loadEncoding } from './encoding-names';
import { tiktokenTokenizer } from './tiktoken-tokenizer';

const texts = benchTexts(40_000);

describe.each(['gpt2', 'cl100k_base', 'o200k_base'] as const)('%s', (name) => {
  test('ids of the benchmark’s texts are those of the tiktoken library', async () => {
    const tokenizer = await tiktokenTokenizer(name);
    const data = await loadEncoding(name);
    const original = new Tiktoken(data.bpe_ranks, { ...data.special_tokens }, data.pat_str);
    for (const { text } of texts) {
      expect(tokenizer.encode(text).ids).toEqual(Int32Array.from(original.encode_ordinary(text)));
    }
    original.free();
  });
});
