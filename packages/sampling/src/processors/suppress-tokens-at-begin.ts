import { checkOptionNames, invalidParameter, type LogitsProcessor } from '@nexttoken/model';
import { checkInteger } from '../parameters/check-integer';
import { checkTokenIds } from '../parameters/check-token-ids';
import { removeIds } from '../row/remove-ids';

export interface SuppressTokensAtBeginOptions {
  /** The length of the row at which the tokens are removed; an integer >= 0. Default: the prompt's length. */
  readonly beginIndex?: number;
  /**
   * Whether a forced first token comes before: one position later for a prompt of at most one token (as
   * Hugging Face does with `forced_bos_token_id`). Default false. Not together with `beginIndex`.
   */
  readonly afterForcedBos?: boolean;
}

/**
 * Removes tokens where the generated text begins, and only there: `x_i ← -Infinity`.
 *
 * @param ids integers >= 0; none is neutral. Those beyond the vocabulary are passed over
 * @param options where the text begins
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Cost: one step for each id. Source: Hugging Face `SuppressTokensAtBeginLogitsProcessor`.
 */
export function suppressTokensAtBegin(
  ids: ArrayLike<number>,
  options: SuppressTokensAtBeginOptions = {},
): LogitsProcessor {
  const owner = 'suppressTokensAtBegin';
  const removed = checkTokenIds(owner, 'ids', ids);
  checkOptionNames(owner, options, ['beginIndex', 'afterForcedBos']);
  const { beginIndex, afterForcedBos = false } = options;
  if (beginIndex !== undefined) checkInteger(owner, 'beginIndex', beginIndex, 0);
  if (typeof afterForcedBos !== 'boolean') {
    throw invalidParameter(owner, 'afterForcedBos', afterForcedBos, 'true or false');
  }
  if (afterForcedBos && beginIndex !== undefined) {
    throw invalidParameter(owner, 'afterForcedBos', true, 'left out when beginIndex is given');
  }
  return {
    kind: 'processor',
    type: owner,
    parameters: { ids: removed, ...(beginIndex === undefined ? { afterForcedBos } : { beginIndex }) },
    process(scores, { ids, promptLength }) {
      const begin = beginIndex ?? promptLength + (afterForcedBos && promptLength <= 1 ? 1 : 0);
      if (ids.length === begin) removeIds(scores, removed);
    },
  };
}
