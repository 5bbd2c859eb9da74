/** A checkpoint tensor, or some rows of it, as one part of a weight. */
export interface WeightPart {
  readonly tensor: string;
  /** The file holds `[inputs, outputs]` instead of `[outputs, inputs]` (GPT-2's Conv1D); default false. */
  readonly transposed?: boolean;
  /** Which rows (behind the transposition) the part consists of, in this order; default: all as they stand. */
  readonly rows?: ArrayLike<number>;
  /** Added to every value (Gemma's norms store weight − 1); neutral 0. */
  readonly plus?: number;
}

export const toPart = (part: string | WeightPart): WeightPart =>
  typeof part === 'string' ? { tensor: part } : part;

/** A short name of the part, different for different ones. */
export function partName({ tensor, rows, plus }: WeightPart): string {
  const taken = rows ? `[${rows[0] ?? ''}+${rows.length}]` : '';
  return `${tensor}${taken}${plus ? `+${plus}` : ''}`;
}
