import { expect, test } from 'vitest';
import { seriesOf, stepText } from './series';

const steps = [
  { token: 'a', surprisal: 1, entropy: 2 },
  { token: '␣b', surprisal: 7, entropy: 0, milliseconds: 12, marks: ['fork'] },
  { token: 'c', milliseconds: 30 },
];

test('a strip for each measure there is, under a round top', () => {
  const [surprisal, entropy, time] = seriesOf(steps);
  expect([surprisal, entropy, time].map((each) => each!.field)).toEqual([
    'surprisal',
    'entropy',
    'milliseconds',
  ]);
  expect(surprisal!.top).toBe(8);
  expect(surprisal!.heights).toEqual([1 / 8, 7 / 8, undefined]);
  expect(surprisal!.mean).toBe(4);
  expect(entropy!.path).toMatch(/^M0\.5,0L1\.5,1$/);
  expect(seriesOf([{ token: 'a' }])).toEqual([]);
  expect(seriesOf([])).toEqual([]);
});

test('nothing but zeros is no error', () => {
  const [only] = seriesOf([{ token: 'a', surprisal: 0 }]);
  expect(only!.heights).toEqual([0]);
});

test('a step in words', () => {
  expect(stepText(steps, 1)).toBe('step 2 of 3: ␣b · surprisal 7.0 bits · entropy 0.0 bits · 12 ms · fork');
  expect(stepText(steps, 9)).toBe('');
});
