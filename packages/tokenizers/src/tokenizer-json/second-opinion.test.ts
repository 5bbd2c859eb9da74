import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { readSharedJson } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedTokenizer, sharedTokenizerNames } from '../testing/shared-tokenizers';

/** Leaves out what the JavaScript implementation is known to cut otherwise than the Rust one: see below. */
const parts = fc.oneof(
  fc.constantFrom(
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\t',
    '\u00a0',
    "'s",
    "'RE",
    '2026',
    '!?',
    '▁',
    'Ġ',
    '<0x41>',
    '_',
    '—',
  ),
  fc.constantFrom(
    'hello',
    'World',
    'naïve',
    '你好',
    'नमस्ते',
    '😀',
    '👍🏽',
    '<|im_start|>',
    '<s>',
    '</s>',
    '<|endoftext|>',
  ),
  fc.stringMatching(/^[a-zA-Z]{0,12}$/),
);
const texts = fc.array(parts, { maxLength: 25 }).map((found) => found.join(''));

for (const name of sharedTokenizerNames) {
  describeShared(`${name} and @huggingface/tokenizers`, () => {
    const tokenizer = sharedTokenizer(name);

    test('agree on any text', () => {
      const folder = name === 'stories260k' ? 'data/models' : 'data/tokenizers';
      const library = new LibraryTokenizer(readSharedJson<object>(`${folder}/${name}/tokenizer.json`), {});
      const property = fc.property(texts, fc.boolean(), (text, addSpecialTokens) => {
        const { ids, tokens } = library.encode(text, { add_special_tokens: addSpecialTokens });
        const encoding = tokenizer.encode(text, { addSpecialTokens });
        expect([...encoding.ids]).toEqual(ids);
        expect(encoding.tokens).toEqual(tokens);
      });
      fc.assert(property, { numRuns: 300 });
    });

    test('offsets cover the text in order', () => {
      const property = fc.property(texts, (text) => {
        const { offsets } = tokenizer.encode(text, { addSpecialTokens: false });
        if (offsets === undefined) return;
        let reached = 0;
        for (const [start, end] of offsets) {
          expect(start).toBeLessThanOrEqual(reached);
          expect(end).toBeGreaterThanOrEqual(reached);
          reached = end;
        }
        expect(reached).toBe(text.length);
      });
      fc.assert(property, { numRuns: 300 });
    });
  });
}

describeShared('where the JavaScript implementation is not the Rust one', () => {
  const wordsOf = (text: string) => sharedTokenizer('smollm2').encode(text).tokens;

  test('digits are all of Unicode, not ASCII only', () => {
    expect(wordsOf(' ½')).toEqual(['Ġ', 'Â½']);
  });
});
