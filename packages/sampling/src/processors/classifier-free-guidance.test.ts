import { logSoftmax } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import answers from '../../testdata/guidance.json' with { type: 'json' };
import { contextOf } from '../testing/run-processor';
import { classifierFreeGuidance } from './classifier-free-guidance';

const gone = Number.NEGATIVE_INFINITY;
const row = Float32Array.of(1, 2, 3);
const guidance = Float32Array.of(3, 2, 2.5);

function run(scale: number, scores: Float32Array, unconditional: Float32Array = guidance): Float32Array {
  const out = scores.slice();
  classifierFreeGuidance(scale).process(out, { ...contextOf(), guidance: unconditional }, undefined);
  return out;
}

describe('classifierFreeGuidance', () => {
  test('u + scale · (s - u) of log-probabilities', () => {
    const s = logSoftmax(row);
    const u = logSoftmax(guidance);
    run(1.5, row).forEach((score, id) => {
      expect(score).toBeCloseTo(u[id]! + 1.5 * (s[id]! - u[id]!), 5);
    });
  });

  test.each(answers.cases)(
    "transformers' own answers, scale $scale",
    ({ scale, scores, guidance: u, output }) => {
      run(scale, Float32Array.from(scores), Float32Array.from(u)).forEach((score, id) => {
        expect(Math.abs(score - output[id]!)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(output[id]!)));
      });
    },
  );

  test('0 gives the guidance, -1 what it leaves out', () => {
    expect(run(0, row)).toEqual(logSoftmax(guidance));
    expect(run(3, row)[0]).toBeLessThan(run(1.5, row)[0]!);
  });

  test('1 changes no bit; the guidance is never written to', () => {
    expect(run(1, row)).toEqual(row);
    const before = guidance.slice();
    run(2, row);
    expect(guidance).toEqual(before);
  });

  test('removed tokens stay removed, whatever the guidance says', () => {
    for (const scale of [0, 0.5, 2, -1]) {
      expect(run(scale, Float32Array.of(gone, 2, 3), Float32Array.of(gone, 1, 2))[0]).toBe(gone);
      expect(run(scale, Float32Array.of(gone, 2, 3))[0]).toBe(gone);
    }
  });

  test('declares what it needs, and says so where it is missing or of another length', () => {
    const processor = classifierFreeGuidance(1.5);
    expect(processor).toMatchObject({
      type: 'classifierFreeGuidance',
      parameters: { scale: 1.5 },
      requires: { guidance: true },
    });
    expect(() => processor.process(row.slice(), contextOf(), undefined)).toThrow(
      expect.objectContaining({ code: 'unsupported-capability' }),
    );
    expect(() => run(1.5, row, Float32Array.of(1))).toThrow(/guidance.length must be 3, got 1/);
  });

  test.each([Number.NaN, Infinity, 1e39, '2' as never])('refuses %s', (scale) => {
    expect(() => classifierFreeGuidance(scale)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });
});
