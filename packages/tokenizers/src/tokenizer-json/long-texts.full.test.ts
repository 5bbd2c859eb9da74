import { describeShared } from '@nexttoken/goldens/vitest';
import { expect, test } from 'vitest';
import { sharedTokenizer, sharedTokenizerNames } from '../testing/shared-tokenizers';
import { tiktokenTokenizer } from '../tiktoken/tiktoken-tokenizer';

const text = 'a'.repeat(1_000_000);

for (const name of sharedTokenizerNames) {
  describeShared(`${name}: a text without any boundary`, () => {
    test('1 MB of one letter, in seconds', () => {
      const tokenizer = sharedTokenizer(name);
      const start = performance.now();
      const { ids } = tokenizer.encode(text, { addSpecialTokens: false });
      console.info(`${name}: 1 MB of one letter in ${Math.round(performance.now() - start)} ms`);
      expect(performance.now() - start).toBeLessThan(20_000);
      expect(tokenizer.decode(ids)).toBe(text);
    });
  });
}

test.each(['gpt2', 'o200k_base'] as const)('tiktoken %s: 1 MB of one letter, in seconds', async (name) => {
  const tokenizer = await tiktokenTokenizer(name);
  const start = performance.now();
  const { ids } = tokenizer.encode(text);
  expect(performance.now() - start).toBeLessThan(20_000);
  expect(tokenizer.decode(ids)).toBe(text);
});
