/** What one request may ask for. */
export interface Limits {
  /** Rows that run at once; the most choices of a request. */
  readonly rows: number;
  /** The most tokens of a prompt. */
  readonly promptTokens: number;
  /** The most new tokens of a choice. */
  readonly newTokens: number;
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
}
