import { expect, test } from 'vitest';
import { renderCsv } from './render-csv';

test.each([
  [[], ''],
  [[['a', 1]], 'a,1\r\n'],
  [[['x, y', 'say "hi"', 'two\nlines']], '"x, y","say ""hi""","two\nlines"\r\n'],
  [[[undefined, Number.NaN, Number.POSITIVE_INFINITY, -0.5, '']], ',,Infinity,-0.5,\r\n'],
  [
    [
      ['a', 'b'],
      [' ', '␣'],
    ],
    'a,b\r\n ,␣\r\n',
  ],
])('%j', (lines, text) => {
  expect(renderCsv(lines)).toBe(text);
});
