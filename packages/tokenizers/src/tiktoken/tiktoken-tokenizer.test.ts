import { NextTokenError, type Tokenizer } from '@nexttoken/model';
import fc from 'fast-check';
import { Tiktoken } from 'tiktoken/lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodingOf, loadEncoding } from './encoding-names';
import { tiktokenTokenizer } from './tiktoken-tokenizer';

const alphabet = fc.oneof(
  fc.constantFrom(
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\t',
    '\u0085',
    '\ufeff',
    '\u00a0',
    "'s",
    "'LL",
    "'\u017f",
    '123',
    '1',
    '²',
  ),
  fc.constantFrom(
    'hello',
    'World',
    'é',
    'ß',
    'ǅ',
    '你好',
    'नमस्ते',
    '😀',
    '👍🏽',
    '<|endoftext|>',
    '!!',
    '...',
    '\0',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const texts = fc.array(alphabet, { maxLength: 20 }).map((parts) => parts.join(''));

describe.each(['gpt2', 'r50k_base', 'p50k_base', 'p50k_edit', 'cl100k_base', 'o200k_base'] as const)(
  '%s',
  (name) => {
    let tokenizer: Tokenizer;
    let original: Tiktoken;
    beforeAll(async () => {
      tokenizer = await tiktokenTokenizer(name);
      const data = await loadEncoding(name);
      original = new Tiktoken(data.bpe_ranks, { ...data.special_tokens }, data.pat_str);
    });
    afterAll(() => original.free());

    test('encodes as the tiktoken library does, and back', () => {
      const check = (text: string) => {
        const { ids, offsets } = tokenizer.encode(text);
        expect([...ids]).toEqual([...original.encode_ordinary(text)]);
        expect(tokenizer.decode(ids)).toBe(text);
        expect(offsets).toHaveLength(ids.length);
      };
      fc.assert(fc.property(texts, check), { numRuns: 300 });
    });

    test('bytes of every token are those of the tiktoken library', () => {
      const width = tokenizer.vocabSize;
      for (let id = 0; id < width; id += 97) {
        if (tokenizer.tokenOf(id) === undefined) continue;
        expect(tokenizer.bytesOf(id)).toEqual(Uint8Array.from(original.decode_single_token_bytes(id)));
      }
    });

    test('special tokens are text, unless asked for', async () => {
      const text = 'a<|endoftext|>b';
      expect([...tokenizer.encode(text).ids]).toEqual([...original.encode_ordinary(text)]);
      const asked = await tiktokenTokenizer(name, { specialTokensInText: true });
      const { ids, offsets } = asked.encode(text);
      expect([...ids]).toEqual([...original.encode(text, 'all', [])]);
      expect(offsets![1]).toEqual([1, 14]);
      const end = tokenizer.idOf('<|endoftext|>')!;
      expect(tokenizer.specialTokens).toEqual({ eos: end });
      expect(tokenizer.isSpecial(end)).toBe(true);
      expect(tokenizer.decode(ids, { skipSpecialTokens: true })).toBe('ab');
    });
  },
);

describe('tiktokenTokenizer', () => {
  test('knows the models of OpenAI', () => {
    expect(encodingOf('gpt-4o')).toBe('o200k_base');
    expect(encodingOf('gpt-4')).toBe('cl100k_base');
    expect(encodingOf('text-davinci-003')).toBe('p50k_base');
  });

  test('refuses other names', async () => {
    const attempt = tiktokenTokenizer('toString');
    await expect(attempt).rejects.toMatchObject({
      code: 'invalid-parameter',
      details: { value: 'toString' },
    });
  });

  test('refuses ids that no token has', async () => {
    const tokenizer = await tiktokenTokenizer('cl100k_base');
    // Between the last ordinary and the first special token there is a gap.
    expect(tokenizer.tokenOf(100_256)).toBeUndefined();
    for (const id of [100_256, tokenizer.vocabSize, -1, 0.5, Number.NaN]) {
      expect(() => tokenizer.decode([id])).toThrow(NextTokenError);
    }
  });
});
