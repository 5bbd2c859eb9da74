import type { LogitsProcessor } from '@nexttoken/model';
import { softmax } from '@nexttoken/numeric';
import { categorical, temperature, topK } from '@nexttoken/sampling';
import type { Draft } from '../draft/draft';
import { modelDraft } from '../draft/model-draft';
import { collect } from '../events/collect';
import { generate } from '../loop/generate';
import { chiSquare, chiSquareLimit } from './chi-square';
import { hashedLogits } from './hashed-logits';
import { createMarkovModel } from './markov-model';

const rowsOf = (seed: number, scale: number) =>
  Array.from({ length: 20 }, (_, id) =>
    Float32Array.from(
      { length: 20 },
      (__, next) => scale * hashedLogits(1, seed + 100 * id + next)([id, next])[0]!,
    ),
  );

/** Logits behind each of 20 ids, and others that are near them. */
export const targetRows = rowsOf(1, 0.5);
export const nearRows = targetRows.map((row, id) =>
  row.map((logit, next) => logit + 0.3 * rowsOf(2, 0.5)[id]![next]!),
);

/** Ways to sample from a model of these rows, and the scores that the draws come from. */
export interface SpeculativeVariant {
  readonly processors?: readonly LogitsProcessor[];
  readonly draft?: Draft;
  readonly scoresOf: (row: Float32Array) => Float32Array;
}

const asIs = (row: Float32Array) => row;

export const speculativeVariants: Readonly<Record<string, SpeculativeVariant>> = {
  'without a draft': { scoresOf: asIs },
  'with a draft alike': { draft: modelDraft(createMarkovModel(nearRows)), scoresOf: asIs },
  'with another draft': {
    draft: modelDraft(createMarkovModel(rowsOf(3, 0.7)), { tokens: 2 }),
    scoresOf: asIs,
  },
  'behind processors': {
    draft: modelDraft(createMarkovModel(nearRows)),
    processors: [temperature(0.8), topK(12)],
    scoresOf: (row) => {
      const scores = row.map((score) => score / 0.8);
      topK(12).process(scores, { ids: [], promptLength: 0, row: 0, batchItem: 0 }, undefined);
      return scores;
    },
  },
};

/** Draws 1,000 tokens a run and compares how often each id follows each other one with what the rows say. */
export async function testTransitions({ scoresOf, ...options }: SpeculativeVariant, runs: number) {
  const model = createMarkovModel(targetRows);
  const counts = targetRows.map((row) => Array.from(row, () => 0));
  let acceptanceRate = 0;
  for (let run = 0; run < runs; run++) {
    const shared = { model, maxNewTokens: 1000, sampler: categorical(), seed: 1000 + run };
    const { ids, draft } = await collect(generate({ ...shared, prompt: [run % 20], ...options }));
    let last = run % 20;
    for (const id of ids) {
      counts[last]![id]!++;
      last = id;
    }
    acceptanceRate += (draft?.acceptanceRate ?? 0) / runs;
  }
  const tests = counts.map((row, id) => chiSquare(row, softmax(scoresOf(targetRows[id]!))));
  const statistic = tests.reduce((sum, each) => sum + each.statistic, 0);
  const degrees = tests.reduce((sum, each) => sum + each.degrees, 0);
  return { statistic, degrees, limit: chiSquareLimit(degrees), acceptanceRate };
}
