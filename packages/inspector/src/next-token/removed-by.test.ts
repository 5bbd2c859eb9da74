import { type LogitsProcessor, NextTokenError, type ProcessorContext } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import {
  allowTokens,
  chain,
  defineProcessor,
  epsilonCutoff,
  etaCutoff,
  forcedEos,
  logitBias,
  minP,
  noRepeatNgram,
  repetitionPenalty,
  suppressTokens,
  temperature,
  topH,
  topK,
  topNSigma,
  topP,
  typicalP,
  xtc,
} from '@nexttoken/sampling';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextTokenTable } from './next-token-table';

// biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
type AnyProcessor = LogitsProcessor<any>;

/** Removes the token that was chosen last: a stage that depends on its state. */
const notAgain = defineProcessor<Record<never, never>, number>({
  type: 'notAgain',
  initialState: () => -1,
  accept: (_, id) => id,
  process: (scores, _context, _parameters, last) => {
    if (last >= 0 && last < scores.length) scores[last] = Number.NEGATIVE_INFINITY;
  },
});

const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
const id = fc.nat({ max: 11 });
const stage: fc.Arbitrary<AnyProcessor> = fc.oneof(
  fc.double({ min: 0.2, max: 3, noNaN: true }).map((t) => temperature(t)),
  fc.integer({ min: 1, max: 30 }).map((k) => topK(k)),
  share.map((p) => topP(p)),
  share.map((p) => minP(p)),
  share.map((p) => typicalP(p)),
  share.map((p) => epsilonCutoff(p / 10)),
  share.map((p) => etaCutoff(p / 10)),
  share.map((h) => topH(h)),
  share.map((n) => topNSigma(2 * n)),
  share.map((p) => xtc(p, { threshold: p / 4 })),
  id.map((one) => suppressTokens([one])),
  id.map((one) => logitBias([[one, Number.NEGATIVE_INFINITY]])),
  fc.constant(repetitionPenalty(1.5)),
  fc.constant(noRepeatNgram(2)),
  fc.constant(notAgain()),
  // These two bring tokens back.
  id.map((one) => allowTokens(() => [one, 3])),
  fc.constant(forcedEos([2, 5], { maxNewTokens: 3 })),
);
const processors = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: stage },
    { weight: 1, arbitrary: fc.array(stage, { maxLength: 3 }).map((parts): AnyProcessor => chain(...parts)) },
  ),
  { maxLength: 6 },
);
const logits = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.float({ min: -12, max: 12, noNaN: true }) },
      { weight: 2, arbitrary: fc.integer({ min: -2, max: 2 }) },
      { weight: 1, arbitrary: fc.constant(Number.NEGATIVE_INFINITY) },
    ),
    { minLength: 12, maxLength: 60 },
  )
  .filter((row) => row.some((score) => score > Number.NEGATIVE_INFINITY))
  .map((row) => Float32Array.from(row));

/** The single processors, by hand. */
function stagesOf(list: readonly AnyProcessor[]): AnyProcessor[] {
  return list.flatMap((part) =>
    part.type === 'chain' ? stagesOf(part.parameters.processors as AnyProcessor[]) : [part],
  );
}

/** What the plain chain of the first stages makes of the row, from the start. */
function plainRow(
  row: Float32Array,
  stages: readonly AnyProcessor[],
  context: ProcessorContext,
  seed: number,
) {
  const plain = chain(...stages);
  let states = plain.initialState();
  for (const chosen of Array.from(context.ids).slice(context.promptLength))
    states = plain.accept(states, chosen);
  const scores = row.slice();
  plain.process(scores, { ...context, random: createRandom(seed) }, states);
  return scores;
}

/** The type, and which one of that type it is. */
function nameOf(stages: readonly AnyProcessor[], index: number): string {
  const { type } = stages[index]!;
  const count = stages.slice(0, index + 1).filter((other) => other.type === type).length;
  return count === 1 ? type : `${type} (${count})`;
}

test('"removed by" is what the plain chain did: the last stage behind which a token was gone for good', () => {
  let named = 0;
  let revived = 0;
  fc.assert(
    fc.property(logits, processors, fc.array(id, { maxLength: 6 }), fc.nat(), (row, list, ids, seed) => {
      const context = { ids, promptLength: Math.min(2, ids.length), row: 0, batchItem: 0 };
      const stages = stagesOf(list);
      // Row 0 is the raw one, row i what stages 0 … i-1 leave.
      const rows = Array.from({ length: stages.length + 1 }, (_, count) =>
        plainRow(row, stages.slice(0, count), context, seed),
      );
      if (rows.some((scores) => scores.some(Number.isNaN))) throw new NextTokenError('invalid-scores', 'NaN');
      const expected = Array.from(row, (_, token) => {
        const alive = rows.map((scores) => scores[token]! > Number.NEGATIVE_INFINITY);
        const last = alive.lastIndexOf(true);
        if (alive.indexOf(false) < last) revived++;
        return last < 0 || last === stages.length ? undefined : nameOf(stages, last);
      });
      const table = nextTokenTable(row, undefined, {
        processors: list,
        context: { ...context, random: createRandom(seed) },
        top: row.length,
      });
      for (const { id: token, removedBy, score } of table.rows) {
        expect(removedBy, `token ${token}`).toBe(expected[token]);
        expect(score).toBe(rows.at(-1)![token]);
        if (removedBy !== undefined) named++;
      }
      expect(table.stages!.map(({ name }) => name)).toEqual(stages.map((_, index) => nameOf(stages, index)));
      expect(table.stages!.map(({ kept }) => kept)).toEqual(
        rows.slice(1).map((scores) => scores.filter((score) => score > Number.NEGATIVE_INFINITY).length),
      );
    }),
    { numRuns: 400 },
  );
  // The chains above do remove, and do bring back.
  expect(named).toBeGreaterThan(1000);
  expect(revived).toBeGreaterThan(100);
});
