/** What a model's own files say about generating with it (generation_config.json, config.json). */
export interface GenerationConfig {
  /** Ids that end a text; empty when the files name none. */
  readonly endTokenIds: readonly number[];
  readonly bosTokenId?: number;
  readonly padTokenId?: number;
  /** Sampling defaults, under their usual names; shown to people, applied by nobody unasked. */
  readonly defaults: Readonly<Record<string, unknown>>;
}
