import type { LogitsProcessor, Sampler } from '@nexttoken/model';
import { topIndices } from '@nexttoken/numeric';
import fc from 'fast-check';
import { test } from 'vitest';
import { chain } from '../chain/chain';
import type { CompileOptions } from '../compile/compile';
import { frequencyPenalty } from '../processors/frequency-penalty';
import { logitBias } from '../processors/logit-bias';
import { minP } from '../processors/min-p';
import { noRepeatNgram } from '../processors/no-repeat-ngram';
import { presencePenalty } from '../processors/presence-penalty';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { topNSigma } from '../processors/top-n-sigma';
import { topP } from '../processors/top-p';
import { typicalP } from '../processors/typical-p';
import { xtc } from '../processors/xtc';
import { categorical } from '../samplers/categorical';
import { greedy } from '../samplers/greedy';
import { gumbelMax } from '../samplers/gumbel-max';
import { arbitraryRow } from './arbitrary-row';
import { everyProcessor } from './every-processor';
import { expectSameAsPlain } from './expect-same-as-plain';
import { shapedRow, shapeNames } from './shaped-row';

const samplers = [categorical(), greedy()];

const share = fc.oneof(
  fc.double({ min: 0.001, max: 1, noNaN: true }),
  fc.constantFrom(0.05, 0.1, 0.25, 0.5, 0.9, 0.95, 0.99, 1),
);
const minTokensToKeep = fc.constantFrom(1, 1, 1, 2, 5, 40);
const ties = fc.constantFrom('keep' as const, 'keep' as const, 'cut' as const);
const stage: fc.Arbitrary<LogitsProcessor> = fc.oneof(
  fc.double({ min: 0.1, max: 5, noNaN: true }).map((t) => temperature(t)),
  fc.constantFrom(0.7, 0.8, 1, 2).map((t) => temperature(t)),
  fc
    .tuple(fc.constantFrom(1, 2, 3, 10, 50, 300, 5000), minTokensToKeep, ties)
    .map(([k, keep, tie]) => topK(k, { minTokensToKeep: keep, ties: tie })),
  fc
    .tuple(fc.oneof(share, fc.constant(0)), minTokensToKeep)
    .map(([p, keep]) => topP(p, { minTokensToKeep: keep })),
  fc
    .tuple(fc.oneof(share, fc.constantFrom(0, 1e-30, 1e-6, Math.exp(-1))), minTokensToKeep)
    .map(([p, keep]) => minP(p, { minTokensToKeep: keep })),
  fc
    .tuple(share, minTokensToKeep, ties)
    .map(([p, keep, tie]) => typicalP(p, { minTokensToKeep: keep, ties: tie })),
  fc.constantFrom<LogitsProcessor>(
    repetitionPenalty(1.3),
    logitBias([[1, 3]]),
    logitBias([[0, Number.NEGATIVE_INFINITY]]),
    topNSigma(1),
    xtc(0.7, { threshold: 0.05 }),
  ),
);
const lookingBack: fc.Arbitrary<LogitsProcessor> = fc.oneof(
  fc.constantFrom(0.5, 1, 1.1, 2).map((p) => repetitionPenalty(p)),
  fc.constantFrom(2, 30).map((lastTokens) => repetitionPenalty(1.4, { promptIgnoreLength: 3, lastTokens })),
  fc.constantFrom(-0.5, 0, 0.3, 4).map((p) => frequencyPenalty(p, { lastTokens: 20 })),
  fc.constantFrom(-0.5, 0.3).map((p) => presencePenalty(p, { includePrompt: true })),
  fc.constantFrom(1, 2, 3).map((size) => noRepeatNgram(size)),
  fc.constantFrom(20, 3).map((k) => topK(k)),
);
const stages = fc.array(stage, { minLength: 1, maxLength: 5 });

/**
 * The properties of a compiled chain: whatever its stages and the row, it does what the chain does.
 * @param factor how many times the usual number of runs
 * @param options how the chains are compiled
 */
export function compiledChainTests(factor: number, options: CompileOptions = {}): void {
  test('does what the chain does, on small rows', () => {
    fc.assert(
      fc.property(arbitraryRow, stages, fc.array(fc.nat({ max: 9 }), { maxLength: 5 }), (row, parts, ids) => {
        const wide = row.length > 1 ? row : Float32Array.of(row[0]!, 0);
        expectSameAsPlain(chain(...parts), wide, ids, samplers, '', options);
      }),
      { numRuns: 400 * factor },
    );
  });

  test('also where a row holds NaN or Infinity', () => {
    const anything = fc.array(fc.oneof(fc.float(), fc.constantFrom(Number.NaN, Infinity, -Infinity, 1)), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(anything, stages, (values, parts) => {
        expectSameAsPlain(chain(...parts), Float32Array.from(values), [0, 1], samplers, '', options);
      }),
      { numRuns: 150 * factor },
    );
  });

  test.each(shapeNames)('does what the chain does, on rows of thousands: %s', (shape) => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 2, max: 9000 }), fc.nat(), (parts, size, seed) => {
        const message = parts
          .map(({ type, parameters }) => `${type} ${JSON.stringify(parameters)}`)
          .join(', ');
        expectSameAsPlain(
          chain(...parts),
          shapedRow(shape, size, seed),
          [1, 5, 5, 0],
          samplers,
          message,
          options,
        );
      }),
      { numRuns: 10 * factor },
    );
  });

  test.each(everyProcessor.map((example) => [example.processor.type, example.processor] as const))(
    '%s before, between and behind stages it knows',
    (_type, processor) => {
      if (processor.requires?.siblings || processor.requires?.guidance) return;
      fc.assert(
        fc.property(
          arbitraryRow,
          stage,
          fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 5 }),
          (row, other, ids) => {
            const wide = Float32Array.from({ length: Math.max(row.length, 6) }, (_, i) => row[i] ?? 0);
            expectSameAsPlain(chain(processor, other), wide, ids, samplers, '', options);
            expectSameAsPlain(chain(temperature(0.7), processor), wide, ids, samplers, '', options);
            expectSameAsPlain(chain(other, processor, topK(4)), wide, ids, samplers, '', options);
          },
        ),
        { numRuns: 15 * factor },
      );
    },
  );

  test.each(shapeNames)('stages that look back, on rows of thousands: %s', (shape) => {
    const id = fc.oneof(fc.nat({ max: 8999 }), fc.nat({ max: 20 }));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(lookingBack, lookingBack, stage), { minLength: 1, maxLength: 4 }),
        stage,
        fc.integer({ min: 2, max: 9000 }),
        fc.nat(),
        fc.array(id, { maxLength: 400 }),
        (first, last, size, seed, ids) => {
          const row = shapedRow(shape, size, seed);
          // What a penalty is about: tokens that lead occur in the text.
          const leaders = Array.from(topIndices(row, Math.min(size, 40))).filter((one) => one % 3 > 0);
          const message = [...first, last].map(({ type }) => type).join(', ');
          expectSameAsPlain(chain(...first, last), row, [...ids, ...leaders], samplers, message, options);
        },
      ),
      { numRuns: 4 * factor },
    );
  });

  test('gives any other sampler its row', () => {
    fc.assert(
      fc.property(arbitraryRow, stages, (row, parts) => {
        const wide = row.length > 1 ? row : Float32Array.of(row[0]!, 0);
        expectSameAsPlain(chain(...parts), wide, [], [gumbelMax()], '', options);
      }),
    );
  });

  test.each([greedy(), categorical()])("somebody else's sampler called $type is asked", (ours) => {
    const last: Sampler = { ...ours, sample: (scores) => ({ id: scores.length - 1 }) };
    expectSameAsPlain(chain(topK(3)), Float32Array.of(3, 2, 1, 0), [], [last], '', options);
  });
}
