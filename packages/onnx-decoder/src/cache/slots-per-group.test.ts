import { expect, test } from 'vitest';
import { slotsPerGroup } from './slots-per-group';

test.each([
  ['four beams of one prompt share it', [4], 1024, 4],
  ['two prompts with four beams each', [4, 4], 128, 4],
  ['rows of their own share nothing', [1, 1, 1], 1024, 1],
  ['no row', [], 0, 1],
  ['an empty past is nothing to share', [4], 0, 1],
  ['one row beside eight: the group of eight is split rather than the one filled up', [8, 1], 128, 1],
  ['unless the prompt is long', [8, 1], 8192, 8],
])('%s', (_, sizes, trunkLength, expected) => {
  expect(slotsPerGroup(sizes, trunkLength)).toBe(expected);
});
