import type { LogitsProcessor } from '@nexttoken/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TruncationOptions } from '../parameters/min-tokens-to-keep';
import { arbitraryRow } from './arbitrary-row';
import { keptIds } from './kept-ids';
import { run, runPlain } from './run-processor';

const gone = Number.NEGATIVE_INFINITY;

/** What holds for every processor that keeps the best tokens by one number and `minTokensToKeep`. */
export function describeTruncation(
  type: string,
  make: (value: number, options?: TruncationOptions) => LogitsProcessor,
  { illegal, neutral }: { illegal: readonly number[]; neutral: readonly number[] },
): void {
  describe(type, () => {
    test('is data that describes itself', () => {
      const processor = make(1, { minTokensToKeep: 3 });
      expect(processor).toMatchObject({ kind: 'processor', type, parameters: { minTokensToKeep: 3 } });
      expect(Object.values(make(1).parameters)).toEqual([1, 1]);
    });

    test.each(illegal)('refuses %d in the factory', (value) => {
      expect(() => make(value)).toThrow(
        expect.objectContaining({
          code: 'invalid-parameter',
          details: expect.objectContaining({ owner: type }),
        }),
      );
    });

    test('refuses what is not a number, a minTokensToKeep below 1, and unknown options', () => {
      expect(() => make('1' as never)).toThrow(/must be/);
      expect(() => make(1, { minTokensToKeep: 0 })).toThrow(/minTokensToKeep must be an integer >= 1, got 0/);
      expect(() => make(1, { min_tokens_to_keep: 2 } as never)).toThrow(
        /unknown option min_tokens_to_keep; did you mean minTokensToKeep/,
      );
    });

    test('the neutral value changes no bit', () => {
      fc.assert(
        fc.property(arbitraryRow, (row) => {
          for (const value of neutral) expect(run(make(value), row)).toEqual(row);
        }),
      );
    });

    test('kept scores keep their bits; the most likely token stays unless typical-p drops it', () => {
      const value = type === 'topK' ? 3 : 0.5;
      fc.assert(
        fc.property(arbitraryRow, fc.integer({ min: 1, max: 5 }), (row, minTokensToKeep) => {
          const out = run(make(value, { minTokensToKeep }), row);
          out.forEach((score, id) => {
            expect(Object.is(score, row[id]) || score === gone).toBe(true);
          });
          const kept = keptIds(out).length;
          expect(kept).toBeGreaterThanOrEqual(Math.min(minTokensToKeep, keptIds(row).length));
          if (type !== 'typicalP') expect(Math.max(...out)).toBe(Math.max(...row));
        }),
      );
    });

    test('a row without candidates, and an empty one, stay as they are', () => {
      const value = type === 'topK' ? 1 : 0.5;
      expect(runPlain(make(value), [gone, gone])).toEqual([gone, gone]);
      expect(runPlain(make(value), [])).toEqual([]);
    });

    if (type === 'topK') return;
    test('leaves a row with NaN or +Infinity to the sampler, which refuses it', () => {
      for (const options of [{}, { minTokensToKeep: 2 }]) {
        expect(runPlain(make(0.5, options), [1, Number.NaN, 3])).toEqual([1, Number.NaN, 3]);
        expect(runPlain(make(0.5, options), [1, Infinity, 3])).toEqual([1, Infinity, 3]);
      }
    });
  });
}
