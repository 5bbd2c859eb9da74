import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forwardPlan } from './forward-plan';

const rowsOf = (...lengths: number[]) =>
  lengths.map((length, row) => Int32Array.from({ length }, (_, index) => row * 1000 + index));

describe('forwardPlan', () => {
  test('one short row is one run', () => {
    const [run, ...more] = forwardPlan(rowsOf(3), 'last', 64);
    expect(more).toEqual([]);
    expect(run).toMatchObject({ firstRow: 0, wanted: 'last', offset: 0, positions: 3 });
  });

  test('only the last piece of a long row goes through the output layer', () => {
    const wanted = forwardPlan(rowsOf(10), 'last', 4).map((run) => [run.positions, run.wanted]);
    expect(wanted).toEqual([
      [4, 'none'],
      [4, 'none'],
      [2, 'last'],
    ]);
  });

  test('neighbours of equal length run together, a row that sits out parts them', () => {
    const runs = forwardPlan(rowsOf(1, 1, 0, 1), 'last', 64);
    expect(runs.map((run) => [run.firstRow, run.tokens.length])).toEqual([
      [0, 2],
      [3, 1],
    ]);
  });

  test('every token runs once, in order, no run exceeds the chunk, each row has one final piece', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 12 }), (lengths, chunk) => {
        const rows = rowsOf(...lengths);
        const seen: number[][] = rows.map(() => []);
        const finals = rows.map(() => 0);
        for (const run of forwardPlan(rows, 'last', chunk)) {
          expect(run.positions).toBeLessThanOrEqual(chunk);
          run.tokens.forEach((tokens, index) => {
            expect(seen[run.firstRow + index]!.length).toBe(run.offset);
            seen[run.firstRow + index]!.push(...tokens);
            if (run.wanted === 'last') finals[run.firstRow + index]!++;
          });
        }
        expect(seen).toEqual(rows.map((row) => [...row]));
        expect(finals).toEqual(lengths.map((length) => (length > 0 ? 1 : 0)));
      }),
    );
  });
});
