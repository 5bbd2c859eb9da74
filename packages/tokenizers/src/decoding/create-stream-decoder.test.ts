import { describeShared } from '@nexttoken/goldens/vitest';
import type { DecodeOptions, Tokenizer } from '@nexttoken/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharedTokenizer, sharedTokenizerNames } from '../testing/shared-tokenizers';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';

const allOptions: DecodeOptions[] = [
  {},
  { skipSpecialTokens: true },
  { cleanUpSpaces: true },
  { skipSpecialTokens: true, cleanUpSpaces: true },
];

function stream(tokenizer: Tokenizer, ids: readonly number[], options: DecodeOptions): string[] {
  const decoder = tokenizer.createStreamDecoder(options);
  return [...ids.map((id) => decoder.push(id)), decoder.flush()];
}

/** Random ids, half of them from the low ids, where bytes and special tokens are. */
const idsOf = (tokenizer: Tokenizer) => {
  const width = tokenizer.vocabSize - 1;
  const id = fc.oneof(fc.nat(width), fc.nat(Math.min(300, width)));
  return fc.array(
    id.filter((value) => tokenizer.tokenOf(value) !== undefined),
    { maxLength: 60 },
  );
};

for (const name of sharedTokenizerNames) {
  describeShared(`stream decoder of ${name}`, () => {
    const tokenizer = sharedTokenizer(name);

    test('pieces add up to decode, for any ids and options', () => {
      const property = fc.property(idsOf(tokenizer), fc.constantFrom(...allOptions), (ids, options) => {
        expect(stream(tokenizer, ids, options).join('')).toBe(tokenizer.decode(ids, options));
      });
      fc.assert(property, { numRuns: 300 });
    });

    test('what is emitted is never taken back: it begins every longer text', () => {
      const property = fc.property(idsOf(tokenizer), idsOf(tokenizer), (ids, further) => {
        const decoder = tokenizer.createStreamDecoder({ cleanUpSpaces: true });
        const emitted = ids.map((id) => decoder.push(id)).join('');
        const longer = tokenizer.decode([...ids, ...further], { cleanUpSpaces: true });
        expect(longer.startsWith(emitted)).toBe(true);
      });
      fc.assert(property, { numRuns: 200 });
    });

    test('never emits half a character of a whole text', () => {
      const text = 'naïve — 你好 😀👍🏽 한국어 नमस्ते';
      const pieces = stream(tokenizer, [...tokenizer.encode(text, { addSpecialTokens: false }).ids], {});
      expect(pieces.join('')).toBe(text);
      for (const piece of pieces) expect(piece).not.toContain('\uFFFD');
    });

    test('starts anew after flush', () => {
      const ids = [...tokenizer.encode('Once upon a time', { addSpecialTokens: false }).ids];
      const decoder = tokenizer.createStreamDecoder();
      const once = () => ids.map((id) => decoder.push(id)).join('') + decoder.flush();
      expect([once(), once()]).toEqual(['Once upon a time', 'Once upon a time']);
    });

    test('10,000 tokens take no longer a token than 1,000', () => {
      const ids = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % tokenizer.vocabSize);
      const known = ids.filter((id) => tokenizer.tokenOf(id) !== undefined);
      const decoder = tokenizer.createStreamDecoder({ cleanUpSpaces: true });
      const start = performance.now();
      for (const id of known) decoder.push(id);
      // Decoding the whole text at each step would take minutes.
      expect(performance.now() - start).toBeLessThan(3000);
    });
  });
}

describe('spaces', () => {
  const words = [
    'Ġ',
    'Ġ.',
    'Ġ,',
    "Ġ'",
    'Ġn',
    "'t",
    'Ġdo',
    'a',
    '.',
    "n't",
    'm',
    's',
    've',
    're',
    'Ġ?',
    '!',
    'ĠĠ',
  ];
  const vocab = Object.fromEntries(words.map((word, id) => [word, id]));
  const tokenizer = tokenizerFromJson({
    model: { type: 'BPE', vocab, merges: [] },
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
    decoder: { type: 'ByteLevel' },
  });

  /** Hugging Face's rule on a whole text, written the plain way. */
  const cleaned = (text: string) =>
    [' .', ' ?', ' !', ' ,', " ' ", " n't", " 'm", " 's", " 've", " 're"].reduce(
      (result, pattern) => result.replaceAll(pattern, pattern.trim()),
      text,
    );

  test('are cleaned up in a stream as in a whole text', () => {
    const property = fc.property(fc.array(fc.nat(words.length - 1), { maxLength: 30 }), (ids) => {
      expect(stream(tokenizer, ids, { cleanUpSpaces: true }).join('')).toBe(cleaned(tokenizer.decode(ids)));
    });
    fc.assert(property, { numRuns: 1000 });
  });
});
