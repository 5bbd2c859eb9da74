import { checkOptionNames, type LogitsProcessor } from '@nexttoken/model';
import { builtIn } from '../built-in/built-in';
import { checkInteger } from '../parameters/check-integer';
import { checkPositive } from '../parameters/check-positive';
import { scaleDistinctIds } from '../row/scale-distinct-ids';

export interface RepetitionPenaltyOptions {
  /** How many ids at the beginning of the row are not penalised; an integer >= 0, default (neutral) 0. */
  readonly promptIgnoreLength?: number;
  /** Only the last n ids are penalised; an integer >= 1. Default: all (neutral). */
  readonly lastTokens?: number;
}

/**
 * Makes tokens that the row holds already less likely (penalty > 1) or more likely (< 1):
 * `x_i ← x_i < 0 ? x_i · penalty : x_i / penalty`, in float32, once for each distinct id of the row,
 * prompt included. Ids beyond the vocabulary are passed over; removed tokens stay removed.
 *
 * @param penalty a finite number > 0; 1 is neutral
 * @param options which ids count: `promptIgnoreLength` (Hugging Face's `prompt_ignore_length`),
 *   `lastTokens` (llama.cpp's `repeat_last_n`); with both, those that pass both
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Cost: one step for each id that counts, whatever the vocabulary's size.
 * Source: Keskar et al., "CTRL", 2019; Hugging Face `RepetitionPenaltyLogitsProcessor`.
 */
export function repetitionPenalty(penalty: number, options: RepetitionPenaltyOptions = {}): LogitsProcessor {
  checkPositive('repetitionPenalty', 'penalty', penalty);
  checkOptionNames('repetitionPenalty', options, ['promptIgnoreLength', 'lastTokens']);
  const { promptIgnoreLength = 0, lastTokens } = options;
  checkInteger('repetitionPenalty', 'promptIgnoreLength', promptIgnoreLength, 0);
  if (lastTokens !== undefined) checkInteger('repetitionPenalty', 'lastTokens', lastTokens, 1);
  const factor = Math.fround(penalty);
  return builtIn({
    kind: 'processor',
    type: 'repetitionPenalty',
    parameters: { penalty, promptIgnoreLength, ...(lastTokens === undefined ? {} : { lastTokens }) },
    process(scores, { ids }) {
      if (factor === 1) return;
      const begin = Math.max(promptIgnoreLength, ids.length - (lastTokens ?? ids.length));
      scaleDistinctIds(scores, ids, begin, ids.length, factor);
    },
  });
}
