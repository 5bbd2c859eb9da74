import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatNumber,
  formatParameters,
  formatPercent,
  formatSeconds,
  formatSigned,
} from './format';
import { horizontal, nextIndex, vertical } from './next-index';

test.each([
  [formatPercent(0.7731), '77.3'],
  [formatPercent(0), '0.0'],
  [formatPercent(0.0001), '< 0.1'],
  [formatPercent(1), '100.0'],
  [formatPercent(0.99999), '> 99.9'],
  [formatNumber(-1.25), '−1.3'],
  [formatNumber(-0.04), '0.0'],
  [formatNumber(Number.NEGATIVE_INFINITY), '−∞'],
  [formatSigned(0.04), '0.0'],
  [formatSigned(2), '+2.0'],
  [formatSigned(-2, 2), '−2.00'],
  [formatSigned(Number.POSITIVE_INFINITY), '+∞'],
  [formatCount(49152), '49,152'],
  [formatBytes(512), '512 B'],
  [formatBytes(81e6), '81.0 MB'],
  [formatBytes(2.5e9), '2.5 GB'],
  [formatParameters(134_515_008), '134.5 M'],
  [formatParameters(192), '192'],
  [formatSeconds(0.2), '1 s'],
  [formatSeconds(600), '10 min'],
  [formatSeconds(9000), '3 h'],
])('%s = %s', (made, expected) => expect(made).toBe(expected));

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 4, 4],
  ['ArrowUp', 0, 0],
  ['Home', 3, 0],
  ['End', 0, 4],
  ['PageDown', 0, 3],
  ['ArrowRight', 0, undefined],
  ['x', 0, undefined],
])('%s from %i of 5 goes to %s', (key, from, to) => {
  expect(nextIndex(key, from, 5, vertical, 3)).toBe(to);
});

test('nothing to move among', () => {
  expect(nextIndex('ArrowRight', 0, 0, horizontal)).toBeUndefined();
  expect(nextIndex('PageDown', 0, 5, horizontal)).toBeUndefined();
});
