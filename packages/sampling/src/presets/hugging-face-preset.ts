import { checkOptionNames } from '@nexttoken/model';
import { chain, type ProcessorChain } from '../chain/chain';
import { checkCompanion } from './check-companion';
import type { PresetOptions } from './preset-options';
import { type StageName, stagesInOrder } from './stages-in-order';

export interface HuggingFacePresetOptions extends PresetOptions {
  /**
   * How many ids at the beginning of the row the repetition penalty passes over; an integer >= 0.
   * Only together with `repetitionPenalty`.
   */
  readonly promptIgnoreLength?: number;
}

const owner = 'huggingFacePreset';
const order = [
  'repetitionPenalty',
  'temperature',
  'topK',
  'topP',
  'minP',
  'typicalP',
] as const satisfies readonly StageName[];

/**
 * The chain that Hugging Face transformers builds from these options, in its order: repetition penalty,
 * temperature, top-k, top-p, min-p, typical-p.
 *
 * For everything else that a config may ask for, see `fromGenerationConfig`. Nothing is filled in unasked
 * here (transformers itself adds `top_k = 50` when it samples). For beam search it sets `min_tokens_to_keep`
 * to the number of end tokens + 1: give that as `minTokensToKeep`.
 *
 * @throws NextTokenError `unsupported-option` for an unknown name, with the nearest known one;
 *   `invalid-parameter` for an illegal value, or for an option that would have no effect
 * Source: `GenerationMixin._get_logits_processor` of transformers 5.
 */
export function huggingFacePreset(options: HuggingFacePresetOptions): ProcessorChain {
  checkOptionNames(owner, options, [...order, 'minTokensToKeep', 'promptIgnoreLength']);
  checkCompanion(owner, options, 'promptIgnoreLength', 'repetitionPenalty', 0);
  const { promptIgnoreLength } = options;
  const penaltyOptions = promptIgnoreLength === undefined ? {} : { promptIgnoreLength };
  return chain(...stagesInOrder(owner, order, options, penaltyOptions));
}
