import { checkOptionNames, type LogitsProcessor } from '@nexttoken/model';
import { checkInteger } from '../parameters/check-integer';
import { checkPositive } from '../parameters/check-positive';
import { checkTokenIds } from '../parameters/check-token-ids';
import { checkIdsInRow } from '../row/check-ids-in-row';

export interface ExponentialDecayLengthOptions {
  /** After how many new tokens it begins; an integer >= 0. */
  readonly start: number;
  /** The tokens that end a text; integers >= 0, at least one. */
  readonly endTokenIds: ArrayLike<number>;
  /** How many ids at the beginning of the row are not new; an integer >= 0. Default: the row's prompt. */
  readonly promptLength?: number;
}

/**
 * Makes the end of the text likelier the longer it gets: for each end token, from one token beyond `start` on,
 * `x ← x + |x| · (factor^n - 1)` with n = new tokens - start.
 *
 * @param factor a finite number > 0; 1 is neutral, below 1 the end becomes less likely
 * @param options `start`, `endTokenIds`; `promptLength` where the prompt is not what the row says
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`; when it runs, `invalid-token-id` for an
 *   id beyond the row
 *
 * An end token that was removed before becomes NaN with a factor above 1 (-Infinity + Infinity), which the
 * sampler refuses: a row that must not end and must end soon contradicts itself. Put this processor before
 * the one that removes. Cost: one step for each end token.
 * Source: Hugging Face `ExponentialDecayLengthPenalty` (5.18; from 5.23 on it leaves such a token removed).
 */
export function exponentialDecayLength(
  factor: number,
  options: ExponentialDecayLengthOptions,
): LogitsProcessor {
  const owner = 'exponentialDecayLength';
  checkPositive(owner, 'factor', factor);
  checkOptionNames(owner, options, ['start', 'endTokenIds', 'promptLength']);
  const { start, promptLength: given } = options;
  checkInteger(owner, 'start', start, 0);
  const endTokenIds = checkTokenIds(owner, 'endTokenIds', options.endTokenIds, 1);
  if (given !== undefined) checkInteger(owner, 'promptLength', given, 0);
  const distinct = [...new Set(endTokenIds)];
  return {
    kind: 'processor',
    type: owner,
    parameters: { factor, start, endTokenIds, ...(given === undefined ? {} : { promptLength: given }) },
    process(scores, { ids, promptLength }) {
      const beyond = ids.length - (given ?? promptLength) - start;
      if (factor === 1 || beyond <= 0) return;
      checkIdsInRow(owner, distinct, scores);
      const growth = Math.fround(factor ** beyond - 1);
      for (const id of distinct) scores[id] = scores[id]! + Math.fround(Math.abs(scores[id]!) * growth);
    },
  };
}
