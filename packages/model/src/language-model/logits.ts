/**
 * Raw logits of one row: `data` has shape `[positions, vocabSize]`, row-major, float32.
 *
 * The buffer belongs to the backend and is valid until the session's next `forward`, `select`,
 * `truncate` or `dispose`; it is never to be written to. Copy what has to live longer.
 */
export interface Logits {
  readonly data: Float32Array;
  readonly positions: number;
  readonly vocabSize: number;
}
