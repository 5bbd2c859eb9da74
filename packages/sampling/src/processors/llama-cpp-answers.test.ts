import type { LogitsProcessor } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { chain } from '../chain/chain';
import { keptIds } from '../testing/kept-ids';
import { type LlamaCppCase, llamaCppAnswers } from '../testing/llama-cpp-answers';
import { contextOf } from '../testing/run-processor';
import { dry } from './dry';
import { dynamicTemperature } from './dynamic-temperature';
import { frequencyPenalty } from './frequency-penalty';
import { minP } from './min-p';
import { presencePenalty } from './presence-penalty';
import { repetitionPenalty } from './repetition-penalty';
import { topK } from './top-k';
import { topNSigma } from './top-n-sigma';
import { topP } from './top-p';
import { typicalP } from './typical-p';
import { xtc } from './xtc';

type Given = LlamaCppCase['parameters'];

const { rows, cases, tosses, origin } = llamaCppAnswers();
const nothing = chain();
const keep = ({ min_keep = 0 }: Given) => ({ minTokensToKeep: Math.max(min_keep, 1) });

/** At temperature 0 only the likeliest token is left: the sampler `greedy()` here. */
const coldest: LogitsProcessor = topK(1, { ties: 'cut' });

const factories: Readonly<Record<string, (given: Given) => LogitsProcessor>> = {
  top_k: ({ k }) => (k! > 0 ? topK(k!, { ties: 'cut' }) : nothing),
  top_p: (given) => topP(given.p!, keep(given)),
  min_p: (given) => minP(given.p!, keep(given)),
  typical: (given) => typicalP(given.p!, { ...keep(given), ties: 'cut' }),
  top_n_sigma: ({ n }) => (n! > 0 ? topNSigma(n!) : nothing),
  xtc: (given) => xtc(given.probability!, { threshold: given.threshold!, ...keep(given) }),
  temp_ext: ({ temp, dynatemp_range: range, dynatemp_exponent: exponent }) =>
    temp === 0 && range === 0 ? coldest : dynamicTemperature(temp!, { range: range!, exponent: exponent! }),
  penalties({ penalty_last_n: last, penalty_repeat: repeat, penalty_freq: freq, penalty_present: present }) {
    if (last === 0) return nothing;
    const window = { includePrompt: true, lastTokens: last! };
    return chain(
      repetitionPenalty(repeat!, { lastTokens: last! }),
      frequencyPenalty(freq!, window),
      presencePenalty(present!, window),
    );
  },
  dry: (given) =>
    dry(given.dry_multiplier!, {
      base: given.dry_base!,
      allowedLength: given.dry_allowed_length!,
      lastTokens: given.dry_penalty_last_n!,
      breakers: (given as unknown as { breakers: number[][] }).breakers,
    }),
};

function answer({ sampler, parameters, row, ids = [] }: LlamaCppCase): Float32Array {
  const processor = factories[sampler]!(parameters);
  const scores = Float32Array.from(rows[row]!);
  const context = { ids, promptLength: ids.length, row: 0, batchItem: 0, random: createRandom(1) };
  processor.process(scores, context, processor.initialState?.());
  return scores;
}

// Its entropy is a float32 sum, which a temperature carries on to every score.
describe(`against llama.cpp ${origin.llamaCpp}`, () => {
  test.each(Object.keys(factories))('%s', (sampler) => {
    let exact = 0;
    let ties = 0;
    const boundary: string[] = [];
    let worst = 0;
    for (const recorded of cases.filter((item) => item.sampler === sampler)) {
      const name = `${sampler} ${JSON.stringify(recorded.parameters)} on ${recorded.row}`;
      const row = rows[recorded.row]!;
      const actual = answer(recorded);
      const expected = recorded.kept ?? keptIds(row);
      // Which of equal scores stay is open there; how many is not.
      const compared = (ids: readonly number[]) =>
        recorded.tie ? ids.map((id) => row[id]!).sort((a, b) => a - b) : ids;
      if (recorded.boundary) {
        if (String(compared(keptIds(actual))) !== String(compared(expected))) boundary.push(name);
        continue;
      }
      expect(compared(keptIds(actual)), name).toEqual(compared(expected));
      if (recorded.tie) ties++;
      else exact++;
      for (const [id, score] of recorded.scores ?? []) {
        const error = Math.abs(actual[id]! - score) / Math.max(Math.abs(score), 1);
        expect(error, `${name}, id ${id}`).toBeLessThan(sampler === 'temp_ext' ? 1e-5 : 1e-6);
        worst = Math.max(worst, error);
      }
      if (sampler === 'penalties' || sampler === 'dry') {
        const changed = new Set(recorded.scores!.map(([id]) => id));
        row.forEach((score, id) => {
          if (!changed.has(id)) expect(actual[id], `${name}, id ${id}`).toBe(score);
        });
      }
    }
    console.info(
      `${sampler}: ${exact} identical, ${ties} with equal scores at the cut alike; scores differ by at most ` +
        `${worst.toExponential(1)}; decided by rounding and different: ${boundary.length} ${boundary.join('; ')}`,
    );
    expect(exact).toBeGreaterThan(20);
  });

  test.each(tosses)(
    'xtc tosses: the same outcomes, as often ($parameters)',
    ({ row, parameters, outcomes }) => {
      const { probability, threshold } = parameters;
      const counts = new Map<string, number>();
      for (let seed = 0; seed < 2000; seed++) {
        const scores = rows[row]!.slice();
        const context = { ...contextOf(), random: createRandom(seed) };
        xtc(probability, { threshold }).process(scores, context, undefined);
        // Of equal scores another one may stay there: the outcome is told by the scores.
        const outcome = String(Array.from(scores).filter(Number.isFinite).sort());
        counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      }
      for (const { kept, count } of outcomes) {
        const outcome = String(kept.map((id) => rows[row]![id]!).sort());
        const expected = kept.length === rows[row]!.length ? 1 - probability : probability;
        const deviation = Math.sqrt(2000 * probability * (1 - probability));
        for (const found of [count, counts.get(outcome) ?? 0]) {
          expect(Math.abs(found - 2000 * expected)).toBeLessThan(4 * deviation);
        }
      }
      expect(counts.size).toBe(outcomes.length);
      expect(counts.size).toBe(2);
    },
  );
});
