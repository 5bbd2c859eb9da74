import { logSumExp, softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { run, runPlain } from '../testing/run-processor';
import { logNormalize } from './log-normalize';

const gone = Number.NEGATIVE_INFINITY;

describe('logNormalize', () => {
  test('log-probabilities, in nats', () => {
    expect(runPlain(logNormalize(), [3, 3, gone])).toEqual([
      Math.fround(-Math.LN2),
      Math.fround(-Math.LN2),
      gone,
    ]);
    expect(runPlain(logNormalize(), [7])).toEqual([0]);
    expect(runPlain(logNormalize(), [gone, gone])).toEqual([gone, gone]);
  });

  test('sums to one, and changes no probability', () => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        fc.pre(row.some((score) => score > gone));
        const out = run(logNormalize(), row);
        expect(Math.abs(logSumExp(out))).toBeLessThan(1e-5);
        const expected = softmax(row);
        softmax(out).forEach((p, id) => {
          expect(Math.abs(p - expected[id]!)).toBeLessThan(1e-5);
        });
      }),
    );
  });

  test('a row with NaN stays one that the sampler refuses', () => {
    expect(runPlain(logNormalize(), [1, Number.NaN])).toEqual([Number.NaN, Number.NaN]);
  });

  test('is data', () => {
    expect(logNormalize()).toMatchObject({ kind: 'processor', type: 'logNormalize', parameters: {} });
  });
});
