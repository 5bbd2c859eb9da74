import {
  type GoldenArray,
  goldenFloats,
  goldenIdRows,
  goldenIds,
  goldenRows,
  hasShared,
  readGolden,
} from '@nexttoken/goldens';
import type { LogitsProcessor } from '@nexttoken/model';
import { createRandom, softmax } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { fromGenerationConfig, type GenerationSetup } from '../presets/from-generation-config';
import {
  type AllowedTable,
  allowedOf,
  type GoldenParameters,
  goldenProcessor,
} from '../testing/golden-factories';
import { runRows } from '../testing/run-rows';
import { chain } from './chain';

interface ChainCase {
  readonly name: string;
  readonly input?: string;
  readonly input_ids?: GoldenArray;
  readonly prompt_length: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly allowed?: AllowedTable;
  readonly scores?: GoldenArray;
  readonly processors?: readonly {
    readonly processor: string;
    readonly params: GoldenParameters;
    readonly finite_after: readonly number[];
  }[];
  readonly survivors: readonly {
    readonly indices: GoldenArray;
    readonly probs: GoldenArray;
    readonly scores?: GoldenArray;
  }[];
  readonly output?: GoldenArray;
  readonly boundary?: boolean;
  readonly has_nan?: boolean;
  readonly throws?: boolean;
}

interface ChainFile {
  readonly inputs?: Readonly<
    Record<string, { readonly scores: GoldenArray; readonly input_ids: GoldenArray }>
  >;
  readonly cases: readonly ChainCase[];
}

/** Finite scores, counted as the goldens do: NaN is none. */
function finiteIds(scores: Float32Array): number[] {
  return Array.from(scores.keys()).filter((id) => Number.isFinite(scores[id]));
}

function setupOf({ config, allowed }: ChainCase): GenerationSetup {
  return fromGenerationConfig(config, allowed === undefined ? {} : { allowedTokens: allowedOf(allowed) });
}

/** The input of a case: its rows, and a way to run a processor on all of them. */
function inputOf(recorded: ChainCase, inputs: ChainFile['inputs'], beams: number) {
  const input = recorded.input === undefined ? undefined : inputs![recorded.input]!;
  const rows = goldenRows(recorded.scores ?? input!.scores);
  const ids = goldenIdRows(recorded.input_ids ?? input!.input_ids);
  const runOn = (processor: LogitsProcessor) =>
    runRows(
      rows.map(() => processor),
      rows,
      ids,
      { beams, promptLength: recorded.prompt_length },
    );
  return { rows, runOn };
}

/** The encoder's ids of a golden stage are the prompt: which is the default here. */
function stageOf({ processor, params }: { processor: string; params: GoldenParameters }): LogitsProcessor {
  const { encoder_input_ids: _prompt, ...own } = params;
  return goldenProcessor(processor, own);
}

function expectSameScores(
  name: string,
  scores: Float32Array,
  kept: readonly number[],
  expected: readonly number[],
) {
  kept.forEach((id, i) => {
    const allowance = 1e-5 * Math.max(Math.abs(expected[i]!), 0.1);
    expect(Math.abs(scores[id]! - expected[i]!), `${name}: ${id}`).toBeLessThanOrEqual(allowance);
  });
}

describe.skipIf(!hasShared)('chains of transformers', () => {
  test.each([
    'chains/real.json',
    'chains/corner.json',
    'chains/random.json',
    'chains/beams.json',
    'smollm2/chains.json',
  ])('%s: the config alone gives the same stages, tokens, scores and probabilities', (file) => {
    const { inputs, cases } = readGolden<ChainFile>(file);
    let stages = 0;
    let exact = 0;
    let rows = 0;
    const boundary: string[] = [];
    for (const recorded of cases) {
      if (recorded.throws) {
        expect(() => setupOf(recorded), recorded.name).toThrow(
          expect.objectContaining({ code: 'invalid-parameter' }),
        );
        continue;
      }
      const setup = setupOf(recorded);
      const own = setup.processors.parameters.processors;
      const parts = recorded.processors!;
      const recordedStages = parts.map(stageOf);
      expect(
        own.map(({ type }) => type),
        recorded.name,
      ).toEqual(recordedStages.map(({ type }) => type));

      const { runOn } = inputOf(recorded, inputs, setup.loop.numBeams);
      const compare = () => {
        recordedStages.forEach((_, i) => {
          for (const stagesUntilHere of [own, recordedStages]) {
            const counts = runOn(chain(...stagesUntilHere.slice(0, i + 1))).map(
              (row) => finiteIds(row).length,
            );
            expect(counts, `${recorded.name} stage ${i}`).toEqual(parts[i]!.finite_after);
          }
          stages++;
        });
        const outputs = runOn(setup.processors);
        if (recorded.has_nan) {
          for (const row of outputs) {
            expect(() => setup.sampler.sample(row, { random: createRandom(1), row: 0 }, undefined)).toThrow(
              expect.objectContaining({ code: 'invalid-scores' }),
            );
          }
          return;
        }
        outputs.forEach((scores, row) => {
          const survivors = recorded.survivors[row]!;
          const kept = goldenIds(survivors.indices);
          expect(finiteIds(scores), recorded.name).toEqual(kept);
          const expectedScores =
            survivors.scores === undefined
              ? kept.map((id) => goldenRows(recorded.output!)[row]![id]!)
              : Array.from(goldenFloats(survivors.scores));
          expectSameScores(recorded.name, scores, kept, expectedScores);
          const probabilities = softmax(scores);
          const expectedProbabilities = goldenFloats(survivors.probs);
          kept.forEach((id, i) => {
            expect(Math.abs(probabilities[id]! - expectedProbabilities[i]!)).toBeLessThan(2e-6);
          });
          rows++;
        });
      };
      if (recorded.boundary) {
        try {
          compare();
          boundary.push(`${recorded.name} identical`);
        } catch {
          boundary.push(`${recorded.name} different`);
        }
      } else {
        compare();
        exact++;
      }
    }
    console.info(
      `${file}: ${exact} cases, ${rows} rows, ${stages} stages; decided by rounding: ${boundary.join(', ')}`,
    );
    expect(exact).toBeGreaterThan(7);
  });
});
