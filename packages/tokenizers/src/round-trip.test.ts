import { describeShared } from '@nexttoken/goldens/vitest';
import type { Tokenizer } from '@nexttoken/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomText } from './testing/random-text';
import { sharedTokenizer } from './testing/shared-tokenizers';
import { tiktokenTokenizer } from './tiktoken/tiktoken-tokenizer';

const plain = { addSpecialTokens: false };

/** What holds for byte-level vocabularies that have all bytes. */
function check(tokenizer: Tokenizer, runs: number): void {
  const property = fc.property(randomText, (text) => {
    const { ids, offsets } = tokenizer.encode(text, plain);
    expect(tokenizer.decode(ids)).toBe(text);
    const decoder = tokenizer.createStreamDecoder();
    const pieces = [...Array.from(ids, (id) => decoder.push(id)), decoder.flush()];
    expect(pieces.join('')).toBe(text);
    const replacements = (part: string) => part.split('\ufffd').length - 1;
    // Only what the text itself has.
    expect(pieces.reduce((sum, piece) => sum + replacements(piece), 0)).toBe(replacements(text));
    let reached = 0;
    for (const [start, end] of offsets!) {
      // A gap would lose text; an overlap is allowed within one character only.
      if (start > reached || reached - start > 2) expect.fail(`${start} behind ${reached}`);
      reached = Math.max(reached, end);
    }
    expect(reached).toBe(text.length);
  });
  fc.assert(property, { numRuns: runs });
}

describe('encoded and decoded again', () => {
  test.each(['gpt2', 'cl100k_base', 'o200k_base'])('%s, 10,000 random texts in all', async (name) => {
    check(await tiktokenTokenizer(name), 2500);
  });

  describeShared('tokenizer.json', () => {
    test('gpt2', () => check(sharedTokenizer('gpt2'), 2500));
  });
});

/** Whether SmolLM2's vocabulary lacks a byte of the character. */
const lacking = (character: string) =>
  '\u0004\u0006\u0013\u0014\u0016\u001d'.includes(character) ||
  (character.codePointAt(0)! >= 0x40000 && character.codePointAt(0)! < 0xc0000);

describeShared('qwen2.5 and smollm2 change or lack something', () => {
  test('qwen2.5 composes (NFC), and is exact behind that', () => {
    const tokenizer = sharedTokenizer('qwen2.5');
    const property = fc.property(randomText, (text) => {
      expect(tokenizer.decode(tokenizer.encode(text, plain).ids)).toBe(text.normalize('NFC'));
    });
    fc.assert(property, { numRuns: 200 });
  });

  test('smollm2 has no token for a few bytes and leaves them out', () => {
    const tokenizer = sharedTokenizer('smollm2');
    expect(tokenizer.decode(tokenizer.encode('a\u0004b', plain).ids)).toBe('ab');
    const property = fc.property(randomText, (text) => {
      const known = Array.from(text, (character) => (lacking(character) ? '' : character)).join('');
      expect(tokenizer.decode(tokenizer.encode(known, plain).ids)).toBe(known);
    });
    fc.assert(property, { numRuns: 200 });
  });
});
