import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPieceTokenizer } from '../testing';
import { createContinuationDecoder } from './continuation-decoder';

const bytes = (...values: number[]) => Uint8Array.from(values);
const pieces = ['<s>', ' a', 'b', bytes(0xe2), bytes(0x80, 0x93), bytes(0xf0, 0x9f), bytes(0x98, 0x80), ' '];
const tokenizer = createPieceTokenizer(pieces, { special: ['<s>'], dropFirstSpace: true });

function continuation(prompt: readonly number[], ids: readonly number[]): string {
  const decoder = createContinuationDecoder(tokenizer, prompt, { skipSpecialTokens: true });
  return ids.map((id) => decoder.push(id)).join('') + decoder.flush();
}

describe('createContinuationDecoder', () => {
  test('keeps the space that a token has only within a text', () => {
    expect(tokenizer.decode([1])).toBe('a');
    expect(continuation([2], [1])).toBe(' a');
    expect(continuation([0], [1])).toBe('a');
  });

  test('yields the whole character that the prompt began', () => {
    expect(continuation([2, 3], [4, 2])).toBe('\u2013b');
  });

  test('does not claim the half character that the prompt ended with', () => {
    expect(continuation([2, 3], [])).toBe('');
    expect(continuation([2, 3], [2])).toBe('b');
  });

  test('prompt text and continuation together are the decoding of all ids', () => {
    // Without half characters at the border, where the prompt's own text changes.
    const whole = fc.array(fc.constantFrom(0, 1, 2, 7), { minLength: 1, maxLength: 6 });
    const any = fc.array(fc.nat({ max: pieces.length - 1 }), { maxLength: 8 });
    fc.assert(
      fc.property(whole, any, (prompt, ids) => {
        const before = tokenizer.decode(prompt, { skipSpecialTokens: true });
        const all = tokenizer.decode([...prompt, ...ids], { skipSpecialTokens: true });
        expect(before + continuation(prompt, ids)).toBe(all);
      }),
    );
  });
});
