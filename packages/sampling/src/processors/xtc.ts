import { checkOptionNames, type LogitsProcessor, NextTokenError, type Random } from '@nexttoken/model';
import { logSumExp, maximum } from '@nexttoken/numeric';
import { builtIn } from '../built-in/built-in';
import { checkInteger } from '../parameters/check-integer';
import { checkProbability } from '../parameters/check-probability';

export interface XtcOptions {
  /** From which probability on a token is a top choice; in [0, 1], default 0.1. Above 0.5: neutral. */
  readonly threshold?: number;
  /** Nothing is removed where fewer candidates would stay; an integer >= 1, default (neutral) 1. */
  readonly minTokensToKeep?: number;
}

/** Rounding moves a logarithm of a probability by less than this. */
const rounding = 1e-5;

function randomOf(random: Random | undefined, row: number): Random {
  if (random !== undefined) return random;
  throw new NextTokenError('unsupported-capability', `xtc: row ${row} has no random source in its context`, {
    capability: 'random',
    processor: 'xtc',
    row,
  });
}

/**
 * Excludes top choices: with the given probability removes all tokens of `q_i >= threshold` but the least
 * likely one of them, `q = softmax(x)`. The likely clichés go, what stays is still likely. Of equally likely
 * last ones the lowest id stays.
 *
 * @param probability how often it acts, in [0, 1]; 0 is neutral
 * @param options `threshold`, `minTokensToKeep`
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`; when it runs without `context.random`,
 *   `unsupported-capability`
 *
 * Acts where one uniform number of `context.random` is below the probability. Exactly one is drawn a call,
 * whatever the row holds (none at a neutral value), so the draws of later stages do not shift with it.
 * Kept scores keep their bits; a row with NaN or +Infinity is left as it is.
 * Cost: where it acts and two tokens may be top choices, one exponential a candidate; else two passes.
 * Source: "Exclude Top Choices", oobabooga/text-generation-webui pull request 6335; llama.cpp
 * `llama_sampler_init_xtc` (which draws nothing for a row of one candidate).
 */
export function xtc(probability: number, options: XtcOptions = {}): LogitsProcessor {
  checkProbability('xtc', 'probability', probability);
  checkOptionNames('xtc', options, ['threshold', 'minTokensToKeep']);
  const { threshold = 0.1, minTokensToKeep = 1 } = options;
  checkProbability('xtc', 'threshold', threshold);
  checkInteger('xtc', 'minTokensToKeep', minTokensToKeep, 1);
  const isNeutral = probability === 0 || threshold > 0.5;
  return builtIn({
    kind: 'processor',
    type: 'xtc',
    parameters: { probability, threshold, minTokensToKeep },
    ...(isNeutral ? {} : { requires: { random: true } }),
    process(scores, { random, row }) {
      if (isNeutral) return;
      if (randomOf(random, row).next() < probability) excludeTopChoices(scores, threshold, minTokensToKeep);
    },
  });
}

/** Whether two tokens may reach the limit: none can that is less likely than the limit beside the best. */
function hasRivals(scores: Float32Array, limit: number): boolean {
  const lowest = maximum(scores) + Math.log(limit) - rounding;
  let count = 0;
  for (let i = 0; i < scores.length; i++) if (scores[i]! >= lowest) count++;
  return count > 1;
}

function excludeTopChoices(scores: Float32Array, threshold: number, minTokensToKeep: number): void {
  const limit = Math.fround(threshold);
  if (!hasRivals(scores, limit)) return;
  const total = logSumExp(scores);
  if (!Number.isFinite(total)) return;
  const isTop = (score: number) => Math.fround(Math.exp(score - total)) >= limit;
  const lowest = Math.log(limit) + total - rounding;

  let candidates = 0;
  let keeper = -1;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score === Number.NEGATIVE_INFINITY) continue;
    candidates++;
    if (score >= lowest && isTop(score) && (keeper < 0 || score < scores[keeper]!)) keeper = i;
  }
  if (keeper < 0) return;
  const above = scores[keeper]!;
  let removed = 0;
  for (let i = 0; i < scores.length; i++) if (scores[i]! >= above && i !== keeper) removed++;
  if (candidates - removed < minTokensToKeep) return;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i]! >= above && i !== keeper) scores[i] = Number.NEGATIVE_INFINITY;
  }
}
