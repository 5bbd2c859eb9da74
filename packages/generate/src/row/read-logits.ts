import { type Logits, NextTokenError } from '@nexttoken/model';
import { rowSummary } from '@nexttoken/numeric';

/** The raw logits of one position, a view into the backend's buffer, shape `[vocabSize]`. */
export function logitsAt({ data, positions, vocabSize }: Logits, position: number): Float32Array {
  return positions === 1 ? data : data.subarray(position * vocabSize, (position + 1) * vocabSize);
}

/** What one look at a raw row tells. */
export interface LogitsSummary {
  /** `log Σ exp(x)`. */
  readonly total: number;
  readonly largest: number;
  /** The first id of the largest one. */
  readonly argmax: number;
}

/**
 * Sums a raw row up, which shows whether it is one.
 * @throws NextTokenError `invalid-logits` for NaN or +Infinity; details: step, row, index, logit
 */
export function summarizeLogits(raw: Float32Array, step: number, row: number): LogitsSummary {
  const { largest, argmax, exponentialSum } = rowSummary(raw);
  const total = largest + Math.log(exponentialSum);
  if (!Number.isNaN(total)) return { total, largest, argmax };
  const index = raw.findIndex((logit) => !(logit < Number.POSITIVE_INFINITY));
  throw new NextTokenError(
    'invalid-logits',
    `the model's logits at step ${step} of row ${row} hold ${raw[index]} for id ${index}`,
    { step, row, index, logit: String(raw[index]) },
  );
}

/** `log Σ exp(x)` of a raw row; throws as {@link summarizeLogits} does. */
export function logTotal(raw: Float32Array, step: number, row: number): number {
  return summarizeLogits(raw, step, row).total;
}
