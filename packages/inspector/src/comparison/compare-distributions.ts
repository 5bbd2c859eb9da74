import { checkOptionNames, invalidParameter, type Tokenizer } from '@nexttoken/model';
import { argmax, entropy, logSumExp, topIndices } from '@nexttoken/numeric';
import { rowDivergence } from '../distribution/row-divergence';
import { checkRow } from '../next-token/check-row';
import { displayToken } from '../token/display-token';
import { rankOf } from '../token/rank-of';
import type { ComparedToken, DistributionComparison } from './comparison-data';

const owner = 'compareDistributions';

/** `log2 b − log2 a`, also where one of them is 0; 0 where both are. */
const deltaOf = (logA: number, logB: number): number => (logA === logB ? 0 : (logB - logA) / Math.LN2);

/**
 * Two distributions over one vocabulary side by side: divergences in bits, overlap, the tokens that matter.
 * `KL(a ‖ b) = Σ a log2(a / b)`, `JS = (KL(a ‖ m) + KL(b ‖ m)) / 2` with `m = (a + b) / 2`.
 *
 * @param a logits or scores, shape `[vocabSize]`, as of `b`
 * @param options `top`: how many of the best of each are looked at, an integer >= 1, default 10
 * @throws NextTokenError `invalid-parameter` (also for rows of two widths), `invalid-scores`, `no-candidates`
 *
 * Cost: a few passes over the vocabulary, and one for each token listed.
 */
export function compareDistributions(
  a: Float32Array,
  b: Float32Array,
  tokenizer?: Tokenizer,
  options: { readonly top?: number | undefined } = {},
): DistributionComparison {
  checkOptionNames(owner, options, ['top']);
  const { top = 10 } = options;
  if (!Number.isInteger(top) || top < 1) throw invalidParameter(owner, 'top', top, 'an integer >= 1');
  checkRow(owner, a);
  checkRow(owner, b);
  if (a.length !== b.length) throw invalidParameter(owner, 'b', b.length, `a row of width ${a.length}`);
  const totals = [logSumExp(a), logSumExp(b)] as const;
  const best = [Array.from(topIndices(a, top)), Array.from(topIndices(b, top))] as const;
  const union = [...new Set([...best[0], ...best[1]])];
  const rows = union.map((id): ComparedToken => {
    const logs = [a[id]! - totals[0], b[id]! - totals[1]] as const;
    return {
      id,
      token: displayToken(tokenizer, id),
      probabilities: [Math.exp(logs[0]), Math.exp(logs[1])],
      delta: deltaOf(...logs),
      ranks: [rankOf(a, id), rankOf(b, id)],
    };
  });
  const larger = ({ probabilities }: ComparedToken): number => Math.max(...probabilities);
  return {
    ...rowDivergence(a, b),
    entropies: [entropy(a) / Math.LN2, entropy(b) / Math.LN2],
    jaccard: (best[0].length + best[1].length - union.length) / union.length,
    sameBest: argmax(a) === argmax(b),
    rows: rows.sort((x, y) => larger(y) - larger(x) || x.id - y.id),
  };
}
