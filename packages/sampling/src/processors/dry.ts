import { checkOptionNames, type LogitsProcessor } from '@nexttoken/model';
import { reusable } from '@nexttoken/numeric';
import { repeatLengths } from '../history/repeat-lengths';
import { idsSinceBreaker, isBreaker, sequenceBreakers } from '../history/sequence-breakers';
import { checkFinite } from '../parameters/check-finite';
import { checkInteger } from '../parameters/check-integer';

export interface DryOptions {
  /** How steeply the penalty grows with the length; a finite number >= 1, default 1.75. */
  readonly base?: number;
  /** Repetitions up to this length cost nothing; an integer >= 0, default 2. */
  readonly allowedLength?: number;
  /** Only repetitions within the last n ids count; an integer >= 1. Default: all. */
  readonly lastTokens?: number;
  /**
   * Ids, or sequences of ids, across which no repetition is counted: line breaks, quotes, the marks of a chat
   * template. Default: none. `dryBreakers` makes them from strings.
   */
  readonly breakers?: readonly (number | readonly number[])[];
}

/** Beyond this many nats a float32 overflows. */
const largestLogarithm = 88.7228391;

const reversedBuffer = /* @__PURE__ */ growing();
const lengthBuffer = /* @__PURE__ */ growing();
/** The longest repetition that each token would continue, plus 1; all 0 between two calls. */
const longestBuffer = /* @__PURE__ */ reusable((length) => new Int32Array(length));

/** A buffer of at least the length asked for. */
function growing(): (length: number) => Int32Array {
  let buffer = new Int32Array(0);
  return (length) => {
    if (buffer.length < length) buffer = new Int32Array(2 * length);
    return buffer;
  };
}

/**
 * "Don't repeat yourself": a token that would continue a sequence which the row held before is penalised, the
 * more the longer that sequence is already: `x_i ← x_i - multiplier · base^(length - allowedLength)` where
 * `length >= allowedLength` ids at the row's end also stand before an earlier i. Of several such places the
 * longest counts. No sequence reaches across a breaker; a breaker of one id is never penalised itself.
 *
 * @param multiplier a finite number >= 0; 0 is neutral, 0.8 usual
 * @param options `base`, `allowedLength`, `lastTokens`, `breakers`
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * The prompt counts. Removed tokens stay removed; the penalty is rounded to float32 once. It reads the ids
 * of the context and keeps no state, so a forked beam needs nothing.
 * Cost: linear in the window (the Z-algorithm), whatever the vocabulary's size.
 * Source: p-e-w, "DRY: A modern repetition penalty", oobabooga/text-generation-webui pull request 5677;
 * llama.cpp `llama_sampler_init_dry`.
 */
export function dry(multiplier: number, options: DryOptions = {}): LogitsProcessor {
  checkFinite('dry', 'multiplier', multiplier, 0);
  checkOptionNames('dry', options, ['base', 'allowedLength', 'lastTokens', 'breakers']);
  const { base = 1.75, allowedLength = 2, lastTokens, breakers = [] } = options;
  checkFinite('dry', 'base', base, 1);
  checkInteger('dry', 'allowedLength', allowedLength, 0);
  if (lastTokens !== undefined) checkInteger('dry', 'lastTokens', lastTokens, 1);
  const sequences = breakers.map((breaker) => (typeof breaker === 'number' ? [breaker] : [...breaker]));
  const breakersByHead = sequenceBreakers('dry', sequences);
  const growth = Math.fround(base);
  const largestExponent = growth > 1.000001 ? Math.trunc(largestLogarithm / Math.log(growth)) : Infinity;
  const penaltyOf = (length: number) =>
    Math.fround(Math.fround(multiplier) * growth ** Math.min(length - allowedLength, largestExponent));
  return {
    kind: 'processor',
    type: 'dry',
    parameters: {
      multiplier,
      base,
      allowedLength,
      ...(lastTokens === undefined ? {} : { lastTokens }),
      breakers: sequences,
    },
    process(scores, { ids }) {
      if (multiplier === 0) return;
      const count = Math.min(ids.length, lastTokens ?? ids.length);
      if (count > allowedLength) penalise(scores, reversedEnd(ids, count), count);
    },
  };

  function penalise(scores: Float32Array, reversed: Int32Array, count: number): void {
    const limit = idsSinceBreaker(reversed, count, breakersByHead);
    if (limit < allowedLength) return;
    const lengths = lengthBuffer(count);
    repeatLengths(reversed, count, limit, lengths);
    const longest = longestBuffer(scores.length);
    for (let k = 1; k < count; k++) {
      const length = lengths[k]!;
      const next = reversed[k - 1]!;
      if (length >= allowedLength && length >= longest[next]!) longest[next] = length + 1;
    }
    for (let k = 1; k < count; k++) {
      const next = reversed[k - 1]!;
      const found = longest[next];
      if (found === undefined || found === 0) continue;
      longest[next] = 0;
      if (!isBreaker(breakersByHead, next)) scores[next] = scores[next]! - penaltyOf(found - 1);
    }
  }
}

function reversedEnd(ids: ArrayLike<number>, count: number): Int32Array {
  const reversed = reversedBuffer(count);
  for (let i = 0; i < count; i++) reversed[i] = ids[ids.length - 1 - i]!;
  return reversed;
}
