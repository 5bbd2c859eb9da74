/** Rotary position embedding (Su et al. 2021), in the rotate-half form of Hugging Face. */
export interface RotaryEmbedding {
  /** Base of the frequencies `theta^(−2i / dimensions)`. */
  readonly theta: number;
  /** How many dimensions of a head are rotated; equals `headSize` in the families known now. */
  readonly dimensions: number;
  /** No scaling of positions or frequencies is known yet; files that ask for one are refused. */
  readonly scaling: null;
}

/** What a model computes, as far as its tensors do not say it themselves. */
export interface Architecture {
  readonly family: 'llama';
  /** Rows of the embedding, width of the logits. */
  readonly vocabSize: number;
  readonly hiddenSize: number;
  /** Width inside the feed-forward part. */
  readonly intermediateSize: number;
  readonly layerCount: number;
  /** Query heads; a multiple of `keyValueHeadCount`. */
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  /** Most positions the model was made for. */
  readonly contextLength: number;
  /** `x / sqrt(mean(x²) + rmsNormEpsilon)`. */
  readonly rmsNormEpsilon: number;
  readonly rope: RotaryEmbedding;
  /** Whether the output layer is the embedding (there is no `lm_head.weight` to read). */
  readonly tiedEmbeddings: boolean;
  /** Whether the query, key, value and output projections have biases. */
  readonly attentionBias: boolean;
  /** Whether the three feed-forward projections have biases. */
  readonly mlpBias: boolean;
  readonly activation: 'silu';
}
