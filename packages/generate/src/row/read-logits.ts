import { type Logits, NextTokenError } from '@nexttoken/model';
import { logSumExp } from '@nexttoken/numeric';

/** The raw logits of one position, a view into the backend's buffer, shape `[vocabSize]`. */
export function logitsAt({ data, positions, vocabSize }: Logits, position: number): Float32Array {
  return positions === 1 ? data : data.subarray(position * vocabSize, (position + 1) * vocabSize);
}

/**
 * `log Σ exp(x)` of a raw row, which shows whether it is one.
 * @throws NextTokenError `invalid-logits` for NaN or +Infinity; details: step, row, index, logit
 */
export function logTotal(raw: Float32Array, step: number, row: number): number {
  const total = logSumExp(raw);
  if (!Number.isNaN(total)) return total;
  const index = raw.findIndex((logit) => !(logit < Number.POSITIVE_INFINITY));
  throw new NextTokenError(
    'invalid-logits',
    `the model's logits at step ${step} of row ${row} hold ${raw[index]} for id ${index}`,
    { step, row, index, logit: String(raw[index]) },
  );
}
