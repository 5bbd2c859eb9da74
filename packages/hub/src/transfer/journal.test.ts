import { expect, test } from 'vitest';
import { bytesInJournal, parseJournal } from './journal';

const segments = [
  { start: 0, end: 50, done: 20 },
  { start: 50, end: 100, done: 50 },
];

test('a journal is believed when it fits the file', () => {
  expect(parseJournal(JSON.stringify(segments), 100)).toEqual(segments);
  expect(bytesInJournal(JSON.stringify(segments))).toBe(70);
});

test.each([
  ['of another size', JSON.stringify(segments), 101],
  ['with a gap', JSON.stringify([segments[0], { start: 51, end: 100, done: 0 }]), 100],
  ['with more than there is room for', JSON.stringify([{ start: 0, end: 100, done: 101 }]), 100],
  ['with less than nothing', JSON.stringify([{ start: 0, end: 100, done: -1 }]), 100],
  ['with what is no number', JSON.stringify([{ start: 0, end: 100, done: 'all' }]), 100],
  ['torn', JSON.stringify(segments).slice(0, -3), 100],
  ['empty', '', 0],
  ['of nothing', '[]', 0],
])('not one %s', (_, text, size) => {
  expect(parseJournal(text, size)).toBeUndefined();
});
