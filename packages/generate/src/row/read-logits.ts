import { type Logits, NextTokenError } from '@nexttoken/model';
import { type RowSummary, rowSummary } from '@nexttoken/numeric/row-summary';

/** The raw logits of one position, a view into the backend's buffer, shape `[vocabSize]`. */
export function logitsAt({ data, positions, vocabSize }: Logits, position: number): Float32Array {
  return positions === 1 ? data : data.subarray(position * vocabSize, (position + 1) * vocabSize);
}

/** What one look at a raw row tells. */
export interface LogitsSummary extends RowSummary {
  /** `log Σ exp(x)`. */
  readonly total: number;
}

const logOf = ({ largest, exponentialSum }: RowSummary): number => largest + Math.log(exponentialSum);

/** As `logSumExp`, with the kernel where there is one: what runs a model may run WebAssembly. */
export const logSum = (scores: Float32Array): number => logOf(rowSummary(scores));

/**
 * Sums a raw row up, which shows whether it is one.
 * @throws NextTokenError `invalid-logits` for NaN or +Infinity; details: step, row, index, logit
 */
export function summarizeLogits(raw: Float32Array, step: number, row: number): LogitsSummary {
  const summary = rowSummary(raw);
  const total = logOf(summary);
  if (!Number.isNaN(total)) return { ...summary, total };
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
