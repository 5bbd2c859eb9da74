import type { TopLogits } from '@nexttoken/model';

/** The graph's largest logits and log-sum-exps, one entry a position that went through the output layer. */
export interface GraphTop {
  /** `[positions, width]`, descending. */
  readonly ids: Int32Array;
  readonly values: Float32Array;
  /** `[positions]`. */
  readonly logSumExps: Float32Array;
}

/** The first `count` of one position's, in memory of their own. */
export function topOfRow({ ids, values, logSumExps }: GraphTop, position: number, count: number): TopLogits {
  const start = (position * ids.length) / logSumExps.length;
  return {
    ids: ids.slice(start, start + count),
    values: values.slice(start, start + count),
    logSumExp: logSumExps[position]!,
  };
}
