import { createPieceTokenizer } from '@nexttoken/generate/testing';
import type { Tokenizer } from '@nexttoken/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignTokenizations } from './align';
import type { Tokenization } from './tokenization';
import { tokenizationOf } from './tokenization-of';

const of = (name: string, ...sizes: number[]): Tokenization => ({
  name,
  pieces: sizes.map((bytes, id) => ({ id, token: `t${id}`, bytes, special: bytes === 0 })),
});

describe('alignTokenizations', () => {
  test('segments are as short as all borders allow', () => {
    const segments = alignTokenizations([of('a', 1, 3, 2), of('b', 1, 2, 1, 2), of('c', 1, 1, 1, 1, 2)]);
    expect(segments.map(({ start, end, columns }) => [start, end, columns])).toEqual([
      [0, 1, 1],
      [1, 4, 3],
      [4, 6, 1],
    ]);
    expect(segments[1]!.rows.map((row) => row.map(({ from, to }) => [from, to]))).toEqual([
      [[0, 3]],
      [
        [0, 2],
        [2, 3],
      ],
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    ]);
  });

  test('special tokens around the text stand by themselves', () => {
    const segments = alignTokenizations([of('a', 0, 2, 0), of('b', 2)]);
    expect(segments.map(({ start, end }) => [start, end])).toEqual([
      [0, 0],
      [0, 2],
      [2, 2],
    ]);
    expect(segments[0]!.rows.map(({ length }) => length)).toEqual([1, 0]);
  });

  test('every token stands once, in its order, within the columns, whatever the cuts', () => {
    const cuts = fc.array(fc.nat(3), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(cuts, { minLength: 1, maxLength: 4 }), (sizes) => {
        const tokenizations = sizes.map((each, index) => of(String(index), ...each));
        const segments = alignTokenizations(tokenizations);
        sizes.forEach((each, row) => {
          const placed = segments.flatMap(({ rows }) => rows[row]!.map(({ index }) => index));
          expect([...placed].sort((a, b) => a - b)).toEqual([...each.keys()]);
          const withBytes = placed.filter((index) => each[index]! > 0);
          expect(withBytes).toEqual([...withBytes].sort((a, b) => a - b));
        });
        for (const { columns, rows } of segments)
          for (const { from, to } of rows.flat()) {
            expect(from).toBeGreaterThanOrEqual(0);
            expect(to).toBeLessThanOrEqual(columns);
          }
      }),
    );
  });

  test('no tokenizer, no segments', () => expect(alignTokenizations([])).toEqual([]));
});

describe('tokenizationOf', () => {
  test('bytes of each token, special ones without', () => {
    const tokenizer = createPieceTokenizer(['<s>', 'caf', 'é', ' x'], { special: ['<s>'], bos: 0 });
    const { name, pieces } = tokenizationOf(tokenizer, 'café x');
    expect(name).toBe('pieces');
    expect(pieces.map(({ token, bytes, special }) => [token, bytes, special])).toEqual([
      ['<s>', 0, true],
      ['caf', 3, false],
      ['é', 2, false],
      ['␣x', 2, false],
    ]);
  });

  test('a space that the tokenizer puts before the text is none of its bytes', () => {
    const tokenizer = createPieceTokenizer([' a', 'b'], { dropFirstSpace: true });
    expect(tokenizationOf(tokenizer, 'ab', 'mine').pieces.map(({ bytes }) => bytes)).toEqual([1, 1]);
  });

  test('offsets tell where bytes do not; else it is refused', () => {
    const lower = createPieceTokenizer(['a', 'b']);
    const folding = (offsets?: [number, number][]): Tokenizer => ({
      ...lower,
      encode: () => ({ ids: Int32Array.of(0, 1), tokens: ['a', 'b'], ...(offsets && { offsets }) }),
    });
    expect(
      tokenizationOf(
        folding([
          [0, 1],
          [1, 2],
        ]),
        'ÄB',
      ).pieces.map(({ bytes }) => bytes),
    ).toEqual([2, 1]);
    expect(() => tokenizationOf(folding(), 'ÄB')).toThrow(
      expect.objectContaining({ code: 'tokenizer-mismatch' }),
    );
  });
});
