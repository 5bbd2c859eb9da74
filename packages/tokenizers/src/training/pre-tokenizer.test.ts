import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteLevelWords } from './pre-tokenizer';

// The pattern itself, with Unicode's white space in the place of `\s`.
const pattern =
  /'(?:s|t|re|ve|m|ll|d)| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;
const units = [
  "'",
  's',
  're',
  'll',
  ' ',
  '  ',
  '\n',
  '\u3000',
  '\u0085',
  '\ufeff',
  'a',
  'é',
  '學',
  '7',
  '½',
  '!',
  '🦊',
  '𝐀',
];

test('words are cut where the pattern does', () => {
  const text = fc.array(fc.constantFrom(...units), { maxLength: 30 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (sample) => {
      expect([...byteLevelWords(sample, {})]).toEqual(sample.match(pattern) ?? []);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['none', ['It', "'s", ' 12', ' foxes']],
  ['individual', ['It', "'s", ' ', '1', '2', ' foxes']],
  ['contiguous', ['It', "'s", ' ', '12', ' foxes']],
] as const)('digits: %s', (splitDigits, words) => {
  expect([...byteLevelWords("It's 12 foxes", { splitDigits })]).toEqual(words);
});

test('a space in front of every piece', () => {
  const options = { addPrefixSpace: true, splitDigits: 'individual' } as const;
  expect([...byteLevelWords('a1 b', options)]).toEqual([' a', ' 1', ' b']);
  expect([...byteLevelWords(' a', options)]).toEqual([' a']);
  expect([...byteLevelWords('', options)]).toEqual([]);
});

test('five million letters in one word', () => {
  expect([...byteLevelWords('a'.repeat(5e6), {})].length).toBe(1);
});
