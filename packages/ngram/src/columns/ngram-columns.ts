/**
 * N-grams of one length as columns, ready for Parquet: a word column for each place, and one of counts. Borders are spelled
 * `<s>` in the first place and `</s>` in the last.
 */
export interface NgramColumns {
  /** One list a place, all of one length. */
  readonly words: readonly (readonly string[])[];
  readonly counts: ArrayLike<number | bigint>;
}
