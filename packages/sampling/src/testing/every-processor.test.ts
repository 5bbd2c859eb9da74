import type { LogitsProcessor, ProcessorContext } from '@nexttoken/model';
import { createRandom, softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInProcessors } from '../data/built-in-processors';
import { infNanRemove } from '../processors/inf-nan-remove';
import { categorical } from '../samplers/categorical';
import { greedy } from '../samplers/greedy';
import { arbitraryRow } from './arbitrary-row';
import { everyProcessor } from './every-processor';

const gone = Number.NEGATIVE_INFINITY;
const row = arbitraryRow.filter(({ length }) => length >= 5);
const ids = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 12 });

/** Everything that any processor may ask for; the row is the first of two siblings. */
function contextFor(scores: Float32Array, history: readonly number[], other: Float32Array): ProcessorContext {
  return {
    ids: history,
    promptLength: Math.ceil(history.length / 2),
    row: 0,
    batchItem: 0,
    siblings: { index: 0, ids: [history, history], scores: [scores, other], chosenThisStep: [0, 3, 3] },
    guidance: Float32Array.from(scores, (_, id) => Math.sin(id)),
    random: createRandom(history.length),
  };
}

function run(processor: LogitsProcessor, input: Float32Array, history: readonly number[]): Float32Array {
  const scores = input.slice();
  const context = contextFor(scores, history, new Float32Array(scores.length));
  processor.process(scores, context, processor.initialState?.());
  return scores;
}

const named = everyProcessor.map((example) => [example.processor.type, example] as const);
const only = (name: 'neutral' | 'filters' | 'keepsOrder') => named.filter(([, example]) => example[name]);

test('there is an example of every processor, and data knows them all', () => {
  const types = everyProcessor.map(({ processor }) => processor.type);
  const known = builtInProcessors().map(({ type }) => type);
  expect([...types, 'chain'].sort()).toEqual([...known].sort());
});

describe.each(named)('%s', (_type, { processor, revives, makesNan }) => {
  test('-Infinity in stays out, and a finite row gets no NaN', () => {
    fc.assert(
      fc.property(row, ids, (input, history) => {
        const out = run(processor, input, history);
        out.forEach((score, id) => {
          if (!revives && input[id] === gone && !(makesNan && Number.isNaN(score))) expect(score).toBe(gone);
          if (!makesNan) expect(score).not.toBeNaN();
        });
      }),
    );
  });

  test('touches no other row, neither the ids nor the guidance', () => {
    fc.assert(
      fc.property(row, row, ids, (input, other, history) => {
        const scores = input.slice();
        const neighbour = new Float32Array(input.length).fill(0.5);
        neighbour.set(other.subarray(0, input.length));
        const context = contextFor(scores, [...history], neighbour);
        const before = structuredClone({
          ids: context.ids,
          other: neighbour,
          guidance: context.guidance,
          chosen: context.siblings!.chosenThisStep,
        });
        processor.process(scores, context, processor.initialState?.());
        expect({
          ids: context.ids,
          other: neighbour,
          guidance: context.guidance,
          chosen: context.siblings!.chosenThisStep,
        }).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  test('a second run on the same row gives the same: nothing is left behind', () => {
    fc.assert(
      fc.property(row, row, ids, (input, between, history) => {
        const first = run(processor, input, history);
        run(processor, between, [...history, 0]);
        expect(run(processor, input, history)).toEqual(first);
      }),
      { numRuns: 30 },
    );
  });

  test('a row with NaN or +Infinity ends, and in an error of the samplers unless it is repaired or forced', () => {
    const poison = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(row, ids, fc.nat({ max: 4 }), poison, (input, history, index, value) => {
        const poisoned = input.slice();
        // In front of two candidates at least, of which no processor here removes all.
        poisoned.fill(1, 2, 5);
        poisoned[index] = value;
        const out = run(processor, poisoned, history);
        const sample = (scores: Float32Array) =>
          categorical().sample(scores, { random: createRandom(1), row: 0 }, undefined);
        const isInvalid = out.some((score) => !(score < Number.POSITIVE_INFINITY));
        if (isInvalid) expect(() => sample(out)).toThrow(expect.objectContaining({ code: 'invalid-scores' }));
        else if (out.every((score) => score === gone)) {
          expect(() => sample(out)).toThrow(expect.objectContaining({ code: 'no-candidates' }));
        }
        const repaired = run(infNanRemove(), out, history);
        expect(out.length > 0 && sample(repaired).id).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('a row of nothing but -Infinity, and an empty one, end in the error of the samplers', () => {
    const empty = new Float32Array(6).fill(gone);
    const out = run(processor, empty, [0]);
    for (const sampler of [greedy(), categorical()]) {
      const sample = () => sampler.sample(out, { random: createRandom(1), row: 0 }, undefined);
      if (revives) expect(sample().id).toBeGreaterThanOrEqual(0);
      else
        expect(sample).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/no-candidates|invalid-scores/) }),
        );
    }
  });

  test('prints as data that describes it', () => {
    expect(processor.kind).toBe('processor');
    expect(Object.isFrozen(processor) || typeof processor.parameters === 'object').toBe(true);
    expect(JSON.parse(JSON.stringify(processor))).toMatchObject({ kind: 'processor', type: processor.type });
  });
});

describe.each(only('neutral'))('%s at its neutral value', (_type, { neutral }) => {
  test('changes no bit', () => {
    fc.assert(
      fc.property(row, ids, (input, history) => {
        expect(run(neutral!, input, history)).toEqual(input);
      }),
    );
  });

  test('changes no bit of a row with NaN and infinities either', () => {
    const input = Float32Array.of(Number.NaN, Infinity, gone, -0, 1, 2);
    expect(run(neutral!, input, [0, 1, 2])).toEqual(input);
  });
});

describe.each(only('filters'))('%s', (_type, { processor }) => {
  test('only removes: what stays keeps its bits, and so its order', () => {
    fc.assert(
      fc.property(row, ids, (input, history) => {
        run(processor, input, history).forEach((score, id) => {
          expect(Object.is(score, input[id]) || score === gone).toBe(true);
        });
      }),
    );
  });
});

describe.each(only('keepsOrder'))('%s', (_type, { processor }) => {
  test('keeps the order of all tokens, equal ones equal', () => {
    fc.assert(
      fc.property(row, ids, (input, history) => {
        const out = run(processor, input, history);
        for (let i = 1; i < out.length; i++) {
          if (input[i]! > input[i - 1]!) expect(out[i]).toBeGreaterThanOrEqual(out[i - 1]!);
          if (input[i] === input[i - 1]) expect(out[i] === out[i - 1]).toBe(true);
        }
      }),
    );
  });
});

describe('the mass that truncation keeps', () => {
  const massOf = (input: Float32Array, out: Float32Array) =>
    softmax(input).reduce((sum, q, id) => (out[id]! > gone ? sum + q : sum), 0);
  const of = (type: string) => everyProcessor.find(({ processor }) => processor.type === type)!.processor;

  test.each([
    ['topP', 0.8],
    ['typicalP', 0.6],
  ])('%s reaches its mass', (type, mass) => {
    fc.assert(
      fc.property(row, (input) => {
        fc.pre(input.some((score) => score > gone));
        expect(massOf(input, run(of(type), input, [0]))).toBeGreaterThanOrEqual(mass - 1e-6);
      }),
    );
  });

  test('topP keeps no token that it could spare, ties aside', () => {
    fc.assert(
      fc.property(row, (input) => {
        const out = run(of('topP'), input, [0]);
        const kept = Array.from(out.keys()).filter((id) => out[id]! > gone);
        fc.pre(kept.length > 1);
        const least = kept.reduce((a, b) => (out[b]! < out[a]! ? b : a));
        const without = out.slice();
        without[least] = gone;
        expect(massOf(input, without)).toBeLessThan(0.8 + 1e-6);
      }),
    );
  });

  test.each(['epsilonCutoff', 'minP', 'etaCutoff'])(
    '%s removes less than its limit for each token',
    (type) => {
      fc.assert(
        fc.property(row, (input) => {
          const q = softmax(input);
          run(of(type), input, [0]).forEach((score, id) => {
            // 0.05 is the absolute limit, 0.1 the one beside the best token, whose share is at most 1.
            if (score === gone && input[id]! > gone) expect(q[id]).toBeLessThan(0.1);
          });
        }),
      );
    },
  );
});
