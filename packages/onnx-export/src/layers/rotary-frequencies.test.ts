import { readFileSync } from 'node:fs';
import type { RopeScaling, RotaryEmbedding } from '@nexttoken/checkpoint';
import { type GoldenArray, goldenFloats } from '@nexttoken/goldens';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rotaryFrequencies, rotaryMagnitude } from './rotary-frequencies';

interface Answer {
  readonly name: string;
  readonly theta: number;
  readonly head_size: number;
  readonly magnitude: number;
  readonly values: GoldenArray;
}

const file = new URL('../../testdata/forward-answers.json', import.meta.url);
const { frequencies: answers } = JSON.parse(readFileSync(file, 'utf8')) as { frequencies: Answer[] };

const llama3 = {
  type: 'llama3',
  lowFrequencyFactor: 1,
  highFrequencyFactor: 4,
  originalContextLength: 8192,
} as const;
const yarn = { type: 'yarn', betaFast: 32, betaSlow: 1, truncate: true } as const;
const scalings: Readonly<Record<string, RopeScaling>> = {
  'Llama 3.1': { ...llama3, factor: 8 },
  'Llama 3.2': { ...llama3, factor: 32 },
  'Qwen2.5, YaRN': {
    ...yarn,
    factor: 4,
    originalContextLength: 32768,
    attentionFactor: 0.1 * Math.log(4) + 1,
  },
  'Vicuna 16k': { type: 'linear', factor: 4 },
  'Gemma 3 4B': { type: 'linear', factor: 8 },
};

describe('frequencies of models as they are used', () => {
  test.each(answers.map((answer) => [answer.name, answer] as const))('%s', (name, answer) => {
    const { theta, head_size: dimensions, magnitude, values } = answer;
    const rope = { theta, dimensions, scaling: scalings[name]! };
    const expected = goldenFloats(values);
    const actual = rotaryFrequencies(rope);
    expect(actual).toHaveLength(expected.length);
    actual.forEach((frequency, pair) => {
      expect(Math.abs(frequency / expected[pair]! - 1), `pair ${pair}`).toBeLessThan(5e-7);
    });
    expect(rotaryMagnitude(rope)).toBeCloseTo(magnitude, 12);
  });
});

test('a factor of 1 changes nothing, others only make frequencies lower', () => {
  const rope = fc.record({
    theta: fc.double({ min: 100, max: 1e7, noNaN: true }),
    dimensions: fc.integer({ min: 1, max: 64 }).map((half) => 2 * half),
  });
  fc.assert(
    fc.property(rope, fc.double({ min: 1, max: 64, noNaN: true }), (plain, factor) => {
      const unscaled = rotaryFrequencies({ ...plain, scaling: null });
      const factors = Array<number>(plain.dimensions / 2);
      const of = (by: number): RotaryEmbedding['scaling'][] => [
        { type: 'linear', factor: by },
        { ...llama3, factor: by },
        { ...yarn, factor: by, originalContextLength: 4096, attentionFactor: 1 },
        {
          type: 'longrope',
          factors: factors.fill(by),
          attentionFactor: 1,
          originalContextLength: 8,
          long: null,
        },
        { type: 'divided', factors: factors.fill(by) },
      ];
      expect(unscaled[0]).toBe(1);
      for (const scaling of of(1))
        rotaryFrequencies({ ...plain, scaling }).forEach((frequency, pair) => {
          expect(frequency / unscaled[pair]!).toBeCloseTo(1, 6);
        });
      for (const scaling of of(factor))
        rotaryFrequencies({ ...plain, scaling }).forEach((frequency, pair) => {
          expect(frequency).toBeLessThanOrEqual(unscaled[pair]! * (1 + 1e-6));
          expect(frequency).toBeGreaterThanOrEqual((unscaled[pair]! / factor) * (1 - 1e-6));
        });
    }),
    { numRuns: 200 },
  );
});
