import type { LogitsProcessor } from '@nexttoken/model';
import { checkTokenIds } from '../parameters/check-token-ids';
import { removeIds } from '../row/remove-ids';

/**
 * Removes tokens at every step: `x_i ← -Infinity`.
 *
 * @param ids integers >= 0; none is neutral. Those beyond the vocabulary are passed over
 * @throws NextTokenError `invalid-parameter`
 *
 * Cost: one step for each id. Source: Hugging Face `SuppressTokensLogitsProcessor`.
 */
export function suppressTokens(ids: ArrayLike<number>): LogitsProcessor {
  const removed = checkTokenIds('suppressTokens', 'ids', ids);
  return {
    kind: 'processor',
    type: 'suppressTokens',
    parameters: { ids: removed },
    process: (scores) => removeIds(scores, removed),
  };
}
