import { checkOptionNames } from '@nexttoken/model';
import { chain, type ProcessorChain } from '../chain/chain';
import { checkCompanion } from './check-companion';
import type { PresetOptions } from './preset-options';
import { type StageName, stagesInOrder } from './stages-in-order';

export interface LlamaCppPresetOptions extends PresetOptions {
  /**
   * How many of the last ids the repetition penalty looks at (`repeat_last_n`); an integer >= 1.
   * Default: all. Only together with `repetitionPenalty`.
   */
  readonly lastTokens?: number;
}

const owner = 'llamaCppPreset';
const order = [
  'repetitionPenalty',
  'topK',
  'typicalP',
  'topP',
  'minP',
  'temperature',
] as const satisfies readonly StageName[];

/**
 * A chain in llama.cpp's order: repetition penalty, top-k, typical-p, top-p, min-p, and the temperature
 * last, so that it does not change which tokens are left.
 *
 * The order is llama.cpp's, the stages are this package's. They differ in ties (its top-k cuts hard, here
 * all that tie with the k-th stay) and in rounding (it compares in float32 throughout). Its defaults
 * (top-k 40, top-p 0.95, min-p 0.05, temperature 0.8, a window of 64 ids) are not filled in unasked, and
 * its temperature 0 is the sampler `greedy()` here. All that, under llama.cpp's own keys, is `fromLlamaCpp`.
 *
 * @throws NextTokenError `unsupported-option` for an unknown name, with the nearest known one;
 *   `invalid-parameter` for an illegal value, or for an option that would have no effect
 * Source: `common_params_sampling` of llama.cpp.
 */
export function llamaCppPreset(options: LlamaCppPresetOptions): ProcessorChain {
  checkOptionNames(owner, options, [...order, 'minTokensToKeep', 'lastTokens']);
  checkCompanion(owner, options, 'lastTokens', 'repetitionPenalty', 1);
  const { lastTokens } = options;
  return chain(...stagesInOrder(owner, order, options, lastTokens === undefined ? {} : { lastTokens }));
}
