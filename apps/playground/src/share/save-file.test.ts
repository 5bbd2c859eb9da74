import { expect, test } from 'vitest';
import { toCsv } from './save-file';

test('cells with commas, quotes and line breaks are quoted', async () => {
  const csv = toCsv([
    ['token', 'n'],
    ['a,"b"', 1.5],
    ['⏎\n', -2],
  ]);
  const bytes = new Uint8Array(await csv.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe('token,n\r\n"a,""b""",1.5\r\n"⏎\n",-2\r\n');
});
