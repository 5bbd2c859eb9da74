import type { LogitsProcessor } from '@nexttoken/model';
import { createRandom, entropy, softmax } from '@nexttoken/numeric';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { forcedEos } from '../processors/forced-eos';
import { logitBias } from '../processors/logit-bias';
import { minP } from '../processors/min-p';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { topP } from '../processors/top-p';
import { typicalP } from '../processors/typical-p';
import { xtc } from '../processors/xtc';
import { arbitraryRow } from '../testing/arbitrary-row';
import { contextOf, run } from '../testing/run-processor';
import { traceChain } from './trace-chain';

const gone = Number.NEGATIVE_INFINITY;
const logs = (...probabilities: number[]) => Float32Array.from(probabilities, (p) => Math.log(p));

describe('traceChain', () => {
  test('tells what every stage kept, removed, and where it cut', () => {
    const row = logs(0.4, 0.3, 0.2, 0.06, 0.04);
    const trace = traceChain(chain(topK(4), chain(topP(0.75)), minP(0.9)), row, contextOf(), {
      ids: [0, 2, 4],
    });
    expect(trace.stages.map(({ name, path, kept, removed }) => [name, path, kept, removed])).toEqual([
      ['topK', [0], 4, 1],
      ['topP', [1, 0], 3, 1],
      ['minP', [2], 1, 2],
    ]);
    expect(trace.stages.map(({ removedMass }) => removedMass)).toEqual([
      expect.closeTo(0.04, 6),
      expect.closeTo(0.06 / 0.96, 6),
      expect.closeTo(0.5 / 0.9, 6),
    ]);
    expect(trace.stages[0]!.cut).toEqual({ lowestKept: row[3], highestRemoved: row[4] });
    expect(Array.from(trace.removedBy)).toEqual([0, 3, 3, 2, 1]);
    expect(trace.tokens).toEqual([
      { id: 0, logit: row[0], scores: [row[0], row[0], row[0]] },
      { id: 2, logit: row[2], scores: [row[2], row[2], gone], removedBy: 2 },
      { id: 4, logit: row[4], scores: [gone, gone, gone], removedBy: 0 },
    ]);
    expect(trace.stages[2]!.entropy).toBe(0);
  });

  test('its row is the chain’s, its entropies are those of the rows between, its masses add up', () => {
    const stage = fc.constantFrom<LogitsProcessor>(
      temperature(0.7),
      topK(5),
      topP(0.8),
      minP(0.1),
      typicalP(0.7),
      logitBias([[0, 2]]),
    );
    fc.assert(
      fc.property(arbitraryRow, fc.array(stage, { maxLength: 5 }), (row, stages) => {
        const trace = traceChain(chain(...stages), row, contextOf());
        expect(trace.scores).toEqual(run(chain(...stages), row));
        stages.forEach((_, index) => {
          const before = run(chain(...stages.slice(0, index)), row);
          const after = run(chain(...stages.slice(0, index + 1)), row);
          const traced = trace.stages[index]!;
          expect(traced.entropyBefore).toBeCloseTo(entropy(before), 9);
          expect(traced.entropy).toBeCloseTo(entropy(after), 9);
          expect(traced.kept).toBe(after.filter((score) => score > gone).length);
          const q = softmax(before);
          const mass = q.reduce(
            (sum, share, id) => (before[id]! > gone && after[id] === gone ? sum + share : sum),
            0,
          );
          expect(traced.removedMass).toBeCloseTo(mass, 5);
          after.forEach((score, id) => {
            const isRemovedHere = score === gone && before[id]! > gone;
            const isLost = trace.scores[id] === gone;
            if (isRemovedHere && isLost) expect(trace.removedBy[id]).toBe(index + 1);
          });
        });
      }),
    );
  });

  test('a token that is forced again is no longer removed', () => {
    const trace = traceChain(
      chain(topK(1), forcedEos([1], { maxNewTokens: 1 })),
      Float32Array.of(3, 2, 1),
      contextOf([0], 1),
    );
    expect(Array.from(trace.removedBy)).toEqual([2, 0, 1]);
    expect(trace.stages[1]).toMatchObject({ kept: 1, removed: 1, restored: 1 });
  });

  test('typical-p cuts from above, too', () => {
    const { cut } = traceChain(typicalP(0.2), logs(0.4, 0.15, 0.15, 0.15, 0.15), contextOf()).stages[0]!;
    expect(cut!.highestRemoved).toBeGreaterThan(cut!.lowestKept);
  });

  test('stages of one type are told apart; a single processor has the path []', () => {
    const trace = traceChain(chain(topK(3), topK(2)), Float32Array.of(1, 2, 3), contextOf());
    expect(trace.stages.map(({ name }) => name)).toEqual(['topK', 'topK (2)']);
    expect(traceChain(topK(1), Float32Array.of(1, 2), contextOf()).stages[0]!.path).toEqual([]);
  });

  test('the state is that of a loop that started with the prompt, unless it is given', () => {
    const counting: LogitsProcessor<number> = {
      kind: 'processor',
      type: 'counting',
      parameters: {},
      initialState: () => 0,
      accept: (state) => state + 1,
      process(scores, _context, state) {
        scores[0] = state;
      },
    };
    const context = contextOf([5, 6, 7, 8], 1);
    const row = Float32Array.of(0, 0);
    expect(traceChain(chain(chain(counting as LogitsProcessor)), row, context).scores[0]).toBe(3);
    expect(traceChain(chain(counting as LogitsProcessor), row, context, { state: [9] }).scores[0]).toBe(9);
  });

  test('tosses as the loop will', () => {
    const random = createRandom(3);
    const row = logs(0.5, 0.3, 0.2);
    const trace = traceChain(chain(xtc(0.9)), row, { ...contextOf(), random });
    expect(trace.stages[0]!.removed).toBe(createRandom(3).next() < 0.9 ? 2 : 0);
  });

  test('refuses what it cannot trace', () => {
    const row = Float32Array.of(1, 2);
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => traceChain(chain(xtc(0.5)), row, contextOf())).toThrow(code('unsupported-capability'));
    expect(() => traceChain(topK(1), row, contextOf(), { ids: [2] })).toThrow(code('invalid-token-id'));
    expect(() => traceChain(undefined as never, row, contextOf())).toThrow(code('invalid-parameter'));
    expect(() => traceChain(topK(1), row, contextOf(), { watch: [] } as never)).toThrow(
      code('unsupported-option'),
    );
  });

  test('names the stage that failed, where it is asked to', () => {
    const failing: LogitsProcessor = {
      kind: 'processor',
      type: 'failing',
      parameters: {},
      process: () => {
        throw new Error('broken');
      },
    };
    const onStageError = (error: unknown, { type }: LogitsProcessor) => new Error(`${type}: ${error}`);
    const row = Float32Array.of(1, 2);
    expect(() => traceChain(chain(topK(1), failing), row, contextOf())).toThrow(/^broken$/);
    expect(() => traceChain(chain(topK(1), failing), row, contextOf(), { onStageError })).toThrow(
      /^failing: /,
    );
  });

  test('a row with NaN has no entropy, one without candidates has 0', () => {
    expect(traceChain(topP(0.5), Float32Array.of(1, Number.NaN), contextOf()).stages[0]!.entropy).toBeNaN();
    expect(traceChain(topP(0.5), Float32Array.of(gone, gone), contextOf()).stages[0]).toMatchObject({
      kept: 0,
      removedMass: 0,
      entropy: 0,
    });
  });
});
