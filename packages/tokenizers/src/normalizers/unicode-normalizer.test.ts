import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomText } from '../testing/random-text';
import { canonicalOrder, isStarter } from './canonical-order';
import { type NormalizationForm, unicodeNormalizer } from './unicode-normalizer';

const forms: NormalizationForm[] = ['NFC', 'NFD', 'NFKC', 'NFKD'];
const parts = fc.oneof(
  randomText,
  fc.constantFrom(
    ...[
      'e\u0301',
      'a\u0323\u0307',
      'a\u0307\u0323',
      '\u0344',
      '\u0958',
      '\u1112\u1161\u11ab',
      'ﬁ',
      '½',
      'ｶﾞ',
      '\ufb2c',
    ],
    ...['\u1e9b\u0323', '\u0f71\u0f72\u0f74', '\ud834\udd5e', '\u0345\u0334', '\u3099', '각', '\u2126', '①'],
  ),
);
const texts = fc.array(parts, { maxLength: 8 }).map((found) => found.join(''));
const plain = (text: string, tracked: boolean) => ({ text, base: 0, tracked });

describe.each(forms)('%s', (form) => {
  const { normalize } = unicodeNormalizer(form);

  test("is the platform's, whether or not it is followed", () => {
    const property = fc.property(texts, (text) => {
      const followed = normalize(plain(text, true));
      expect(followed.text).toBe(text.normalize(form));
      expect(normalize(plain(text, false)).text).toBe(text.normalize(form));
      if (followed.starts === undefined || followed.ends === undefined) return;
      expect(followed.starts).toHaveLength(followed.text.length);
      for (let unit = 0; unit < followed.text.length; unit++) {
        expect(followed.starts[unit]).toBeLessThan(followed.ends[unit]!);
        expect(followed.ends[unit]).toBeLessThanOrEqual(text.length);
        if (unit > 0) expect(followed.starts[unit]).toBeGreaterThanOrEqual(followed.starts[unit - 1]!);
      }
    });
    fc.assert(property, { numRuns: 500 });
  });

  test('many marks in a row, out of order', () => {
    const text = `a${'\u0301\u0323\u0334'.repeat(60)}b`;
    expect(normalize(plain(text, false)).text).toBe(text.normalize(form));
    expect(normalize(plain(text, true)).text).toBe(text.normalize(form));
  });
});

test('a composed character stands for the first of its parts, the parts for all of it', () => {
  const ranges = ({ starts, ends }: { starts?: Int32Array; ends?: Int32Array }) =>
    Array.from(starts!, (start, unit) => [start, ends![unit]]);
  expect(ranges(unicodeNormalizer('NFC').normalize(plain('xe\u0301y', true)))).toEqual([
    [0, 1],
    [1, 2],
    [3, 4],
  ]);
  expect(ranges(unicodeNormalizer('NFD').normalize(plain('xéy', true)))).toEqual([
    [0, 1],
    [1, 2],
    [1, 2],
    [2, 3],
  ]);
});

test('order of marks', () => {
  expect(canonicalOrder('\u0301', '\u0323')).toBe(1);
  expect(canonicalOrder('\u0323', '\u0301')).toBe(-1);
  expect(canonicalOrder('\u0301', '\u0300')).toBe(0);
  expect(['a', '\u0301', '\u0334', '\u0345', '\u0903', '각'].map(isStarter)).toEqual([
    true,
    false,
    false,
    false,
    true,
    true,
  ]);
});
