import type { RotaryEmbedding } from './rotary-embedding';

export type ArchitectureFamily =
  | 'llama'
  | 'mistral'
  | 'qwen2'
  | 'qwen3'
  | 'gpt2'
  | 'gpt_neox'
  | 'phi3'
  | 'gemma2'
  | 'gemma3';

/** What a feed-forward part applies to its widened values. */
export type Activation = 'silu' | 'gelu' | 'gelu-tanh' | 'relu';

/** Layers that look back at the last `size` positions only, their own included. */
export interface SlidingWindow {
  readonly size: number;
  /** Layers before this one look at everything. */
  readonly firstLayer: number;
  /** Whether a layer has the window, from `firstLayer` on and over again; a single `true` means all of them. */
  readonly pattern: readonly boolean[];
}

/** What a model computes, as far as its tensors do not say it themselves. */
export interface Architecture {
  readonly family: ArchitectureFamily;
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
  /** Most positions the model computes as it was trained to. */
  readonly contextLength: number;
  /** `rms`: `x / sqrt(mean(x²) + ε) · w`; `layer`: `(x − mean) / sqrt(variance + ε) · w + b`. */
  readonly norm: 'rms' | 'layer';
  /** The ε of the norms. */
  readonly normEpsilon: number;
  /** Added to the stored weights of the norms; neutral 0, in Gemma 1. */
  readonly normOffset: number;
  /** `null`: positions are learned, a table of `contextLength` rows that is added to the embeddings. */
  readonly rope: RotaryEmbedding | null;
  /** Of the layers with a sliding window, where theirs is another; else `null`. */
  readonly localRope: RotaryEmbedding | null;
  /** `null`: every layer looks at all positions. */
  readonly slidingWindow: SlidingWindow | null;
  /** The embeddings are multiplied by it; neutral 1. */
  readonly embeddingScale: number;
  /** Scores are `query · key · attentionScale`; usually `1 / sqrt(headSize)`. */
  readonly attentionScale: number;
  /** Scores become `c · tanh(score / c)`; `null`: they do not. */
  readonly attentionSoftcap: number | null;
  /** Logits become `c · tanh(logit / c)`; `null`: they do not. */
  readonly logitSoftcap: number | null;
  /** Whether each head's queries and keys are normed (with weights of `headSize`) before they are rotated. */
  readonly queryKeyNorm: boolean;
  /** Whether attention and feed-forward part read the same hidden states, and both are added to them. */
  readonly parallelResidual: boolean;
  /** Whether the output layer is the embedding (there is no `lm_head.weight` to read). */
  readonly tiedEmbeddings: boolean;
  /** Whether the query, key and value projections have biases. */
  readonly attentionBias: boolean;
  /** Whether the projection behind attention has a bias. */
  readonly attentionOutputBias: boolean;
  /** Whether the feed-forward projections have biases. */
  readonly mlpBias: boolean;
  readonly activation: Activation;
}

/** How far back a layer looks, its own position included; `null`: all the way. */
export function slidingWindowOf({ slidingWindow }: Architecture, layer: number): number | null {
  if (!slidingWindow) return null;
  const { size, firstLayer, pattern } = slidingWindow;
  const local = layer >= firstLayer && pattern[(layer - firstLayer) % pattern.length];
  return local ? size : null;
}

/** The rotary embedding of a layer; `null` where positions are learned. */
export function ropeOf(architecture: Architecture, layer: number): RotaryEmbedding | null {
  const { rope, localRope } = architecture;
  return localRope && slidingWindowOf(architecture, layer) !== null ? localRope : rope;
}
