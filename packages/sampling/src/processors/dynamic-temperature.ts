import { checkOptionNames, type LogitsProcessor } from '@nexttoken/model';
import { argmax, countFinite, entropy } from '@nexttoken/numeric';
import { builtIn } from '../built-in/built-in';
import { checkFinite } from '../parameters/check-finite';

export interface DynamicTemperatureOptions {
  /** How far the temperature may move to either side; a finite number >= 0, 0 (default) keeps it fixed. */
  readonly range?: number;
  /** How the entropy maps to it; a finite number >= 0, default 1 (linear). Above 1 colder, below 1 warmer. */
  readonly exponent?: number;
}

/** The limit of temperature 0: only the highest score stays, the lowest id among equals. */
function keepHighest(scores: Float32Array): void {
  const best = argmax(scores);
  const score = scores[best]!;
  scores.fill(Number.NEGATIVE_INFINITY);
  scores[best] = score;
}

/**
 * A temperature that follows how undecided the row is: `x_i ← x_i / t` with
 * `t = low + (high - low) · (H / log n)^exponent`, `low = max(0, temperature - range)`,
 * `high = temperature + range`, H = the row's entropy and n = its candidates: low where the model is sure,
 * high where all candidates are equally likely. At t = 0 only the highest score stays.
 *
 * @param temperature the middle, a finite number >= 0 (> 0 where the range is 0)
 * @param options `range`, `exponent`; temperature 1 with range 0 is neutral
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Order does not change; removed tokens stay removed and do not count for n. With a range, a row of fewer than two
 * candidates, or with NaN or +Infinity, is left as it is. Cost: one exponential a candidate, three passes.
 * Source: llama.cpp `llama_sampler_init_temp_ext` (where candidates of score -Infinity that no stage has
 * dropped from the list count for n).
 */
export function dynamicTemperature(
  temperature: number,
  options: DynamicTemperatureOptions = {},
): LogitsProcessor {
  const owner = 'dynamicTemperature';
  checkOptionNames(owner, options, ['range', 'exponent']);
  const { range = 0, exponent = 1 } = options;
  checkFinite(owner, 'range', range, 0);
  checkFinite(owner, 'exponent', exponent, 0);
  checkFinite(owner, 'temperature', temperature, range === 0 ? 2 ** -149 : 0);
  const low = Math.fround(Math.max(0, temperature - range));
  const high = Math.fround(temperature + range);
  return builtIn({
    kind: 'processor',
    type: 'dynamicTemperature',
    parameters: { temperature, range, exponent },
    process(scores) {
      if (low === 1 && high === 1) return;
      const divisor = range === 0 ? high : divisorOf(scores);
      if (divisor === undefined) return;
      if (divisor === 0) keepHighest(scores);
      else for (let i = 0; i < scores.length; i++) scores[i] = scores[i]! / divisor;
    },
  });

  function divisorOf(scores: Float32Array): number | undefined {
    const candidates = countFinite(scores);
    if (candidates < 2) return undefined;
    const share = entropy(scores) / Math.log(candidates);
    if (Number.isNaN(share)) return undefined;
    return Math.fround(low + (high - low) * Math.min(share, 1) ** exponent);
  }
}
