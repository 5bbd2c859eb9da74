/**
 * The largest raw logits of one row's last new position, and what makes probabilities of them: id `ids[i]` has the logit
 * `values[i]` and the probability `exp(values[i] - logSumExp)`, exactly as if the whole row were known.
 */
export interface TopLogits {
  /** Descending by logit; as many as were asked for. */
  readonly ids: Int32Array;
  readonly values: Float32Array;
  /** log Σ exp(x) over all logits x of the row. */
  readonly logSumExp: number;
}
