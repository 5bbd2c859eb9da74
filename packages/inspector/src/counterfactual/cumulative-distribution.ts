import { invalidParameter, type Tokenizer } from '@nexttoken/model';
import { logSumExp, topIndices } from '@nexttoken/numeric';
import { checkRow } from '../next-token/check-row';
import { displayToken } from '../token/display-token';
import type { CumulativeEntry } from './counterfactual-data';

/**
 * The cumulative distribution that `categorical` inverts, for a bar with a pin at the draw: the `top` most probable
 * tokens in ascending order of id, each with the draws `[low, high)` that pick it. What lies between belongs to others.
 *
 * @param scores processed, shape `[vocabSize]`
 * @throws NextTokenError `invalid-parameter`, `invalid-scores`, `no-candidates`
 */
export function cumulativeDistribution(
  scores: Float32Array,
  tokenizer?: Tokenizer,
  top = 50,
): readonly CumulativeEntry[] {
  const owner = 'cumulativeDistribution';
  if (!Number.isInteger(top) || top < 0) throw invalidParameter(owner, 'top', top, 'an integer >= 0');
  checkRow(owner, scores);
  const shown = new Set(topIndices(scores, top));
  const logTotal = logSumExp(scores);
  const entries: CumulativeEntry[] = [];
  let low = 0;
  for (let id = 0; id < scores.length; id++) {
    const share = Math.exp(scores[id]! - logTotal);
    const high = low + share;
    if (share > 0 && shown.has(id))
      entries.push({ id, token: displayToken(tokenizer, id), share, low, high });
    low = high;
  }
  return entries;
}
