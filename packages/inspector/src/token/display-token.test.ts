import { createPieceTokenizer } from '@nexttoken/generate/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayToken } from './display-token';

const bytes = (...values: number[]) => Uint8Array.from(values);
const shown = (piece: string | Uint8Array) => displayToken(createPieceTokenizer([piece]), 0);

describe('displayToken', () => {
  test.each([
    [' Paris', '␣Paris'],
    ['\n\n\t', '⏎⏎⇥'],
    ['\r', '\\x0D'],
    ['\u001b[31m', '\\x1B[31m'],
    ['\u009b', '\\x9B'],
    ['\u00a0', '\\xA0'],
    ['\u200b', '\\u{200B}'],
    ['\u202e', '\\u{202E}'],
    ['\u2028', '\\u{2028}'],
    ['\u{e0001}', '\\u{E0001}'],
    ['\u0301', '◌\u0301'],
    ['e\u0301', 'e\u0301'],
    ['東京', '東京'],
    ['\u{1f600}', '\u{1f600}'],
    ['\ufffd', '\ufffd'],
    ['', '‹empty›'],
  ])('%j → %s', (text, expected) => expect(shown(text)).toBe(expected));

  test.each([
    [bytes(0xe2, 0x80), '‹E2 80›'],
    [bytes(0x20, 0xe2, 0x80), '␣‹E2 80›'],
    [bytes(0x93), '‹93›'],
    [bytes(0x93, 0x61, 0x62, 0xc3, 0xa9, 0xff, 0x0a), '‹93›abé‹FF›⏎'],
    [bytes(0xed, 0xa0, 0x80), '‹ED A0 80›'],
    [bytes(0xc0, 0x80), '‹C0 80›'],
  ])('bytes that are no UTF-8: %s → %s', (piece, expected) => expect(shown(piece)).toBe(expected));

  test('special tokens by name, unused ids and no tokenizer by number', () => {
    const tokenizer = createPieceTokenizer(['<|end|>'], { special: ['<|end|>'] });
    expect(displayToken(tokenizer, 0)).toBe('<|end|>');
    expect(displayToken(tokenizer, 50300)).toBe('‹unused 50300›');
    expect(displayToken(undefined, 7)).toBe('#7');
  });

  test('whatever the bytes are: something is shown, and nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.string({ unit: 'binary' })), (piece) => {
        const text = shown(piece);
        expect(text).not.toBe('');
        const outside = text.replace(/‹([0-9A-F]{2} ?)+›/g, '');
        expect(outside).not.toMatch(/[\p{Cc}\p{Cf}\p{Z}\p{Cs}]/u);
      }),
      { numRuns: 1000 },
    );
  });

  test('every byte is accounted for', () => {
    const back = (text: string): number[] =>
      [...text.matchAll(/‹([0-9A-F ]+)›|([^‹]+)/g)].flatMap(([, hex, plain]) =>
        hex ? hex.split(' ').map((byte) => Number.parseInt(byte, 16)) : [...new TextEncoder().encode(plain)],
      );
    const anyBytes = fc
      .uint8Array({ minLength: 1, maxLength: 10 })
      .filter((piece) => piece.every((byte) => byte > 0x2f && byte !== 0x7f));
    fc.assert(
      fc.property(anyBytes, (piece) => {
        const text = shown(piece);
        fc.pre(!/[◌‹]\p{M}|\\/u.test(text));
        expect(back(text)).toEqual([...piece]);
      }),
      { numRuns: 1000 },
    );
  });
});
