import { describe, expect, test } from 'vitest';
import { readSpelling, spellBytes } from './byte-alphabet';

describe('byte alphabet', () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);

  test('known characters', () => {
    expect(spellBytes([0x20, 0x0a, 0x41, 0x00, 0xad, 0xff])).toBe('ĠĊAĀŃÿ');
  });

  test('one character for every byte, and back', () => {
    const spelling = spellBytes(all);
    expect(new Set(spelling).size).toBe(256);
    expect(readSpelling(spelling)).toEqual(all);
  });

  test('other characters have no byte', () => {
    for (const text of [' ', 'a b', '▁', '\u0144', '\u00ad', '😀'])
      expect(readSpelling(text)).toBeUndefined();
  });
});
