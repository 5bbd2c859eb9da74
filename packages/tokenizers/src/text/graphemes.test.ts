import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphemes } from './graphemes';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const whole = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** What joins with its neighbours: marks, joiners, flags, Hangul, line ends, halves of a pair, prepended signs. */
const parts = [
  'a',
  ' ',
  '\r',
  '\n',
  '\u0301',
  '\u0323',
  '\u200d',
  '\ufe0f',
  '🇩',
  '🇪',
  '👩',
  '👧',
  '🏽',
  'ᄒ',
  'ᅡ',
  'ᆫ',
  '한',
  'क',
  '\u094d',
  'ष',
  '中',
  '\u0600',
  '\ud83d',
  '\ude00',
];
const unit = fc
  .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 7 })
  .map((found) => found.join(''));

test('the windows change no border', () => {
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 4 }), fc.integer({ min: 1, max: 200 }), (units, times) => {
      const text = units.map((one) => one.repeat(times)).join('');
      expect([...graphemes(text)]).toEqual(whole(text));
    }),
    { numRuns: 150 },
  );
});

test.each(parts)('a border of the first window behind %j', (part) => {
  for (const before of [1019, 1020, 1021, 1022, 1023, 1024]) {
    const text = 'a'.repeat(before) + part.repeat(5);
    expect([...graphemes(text)]).toEqual(whole(text));
  }
});

test('a character longer than a window', () => {
  const text = `b${'\u0301'.repeat(5000)}c`;
  expect([...graphemes(text)].map(({ length }) => length)).toEqual([5001, 1]);
});

test('an empty text has none', () => {
  expect([...graphemes('')]).toEqual([]);
});
