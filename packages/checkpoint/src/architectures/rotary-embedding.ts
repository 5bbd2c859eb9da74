/** Rotary position embedding (Su et al. 2021), in the rotate-half form of Hugging Face. */
export interface RotaryEmbedding {
  /** Base of the frequencies `theta^(−2i / dimensions)`. */
  readonly theta: number;
  /** How many dimensions of a head are rotated, the first ones; the others stay as they are. */
  readonly dimensions: number;
  /** How the frequencies are changed for longer texts; `null`: not at all. */
  readonly scaling: RopeScaling | null;
}

/**
 * The ways to stretch rotary embeddings, each in the form of Hugging Face's `modeling_rope_utils`. `i` is the index of a
 * pair of dimensions, `f` its frequency.
 */
export type RopeScaling =
  /** `f / factor` (Chen et al. 2023, arXiv:2306.15595). */
  | { readonly type: 'linear'; readonly factor: number }
  /**
   * NTK scaling that grows with the text: a position p behind the original context turns with theta times
   * `(factor · (p + 1) / originalContextLength − factor + 1)^(d / (d − 2))`, as when it is generated token by token.
   */
  | { readonly type: 'dynamic'; readonly factor: number; readonly originalContextLength: number }
  /** Peng et al. 2023, arXiv:2309.00071: high frequencies stay, low ones are divided; cosine and sine are scaled. */
  | {
      readonly type: 'yarn';
      readonly factor: number;
      readonly originalContextLength: number;
      readonly betaFast: number;
      readonly betaSlow: number;
      /** Whether the borders between the frequencies are rounded to whole pairs. */
      readonly truncate: boolean;
      readonly attentionFactor: number;
    }
  /** Llama 3.1: wavelengths above `original / low` are divided, below `original / high` kept, between them mixed. */
  | {
      readonly type: 'llama3';
      readonly factor: number;
      readonly lowFrequencyFactor: number;
      readonly highFrequencyFactor: number;
      readonly originalContextLength: number;
    }
  /** Ding et al. 2024, arXiv:2402.13753: `f / factors[i]`; cosine and sine are scaled. */
  | {
      readonly type: 'longrope';
      readonly originalContextLength: number;
      /** The factors in force, one a pair of dimensions: those for texts within the original context. */
      readonly factors: readonly number[];
      readonly attentionFactor: number;
      /** What `withLongContext` puts in their place. */
      readonly long: { readonly factors: readonly number[]; readonly contextLength: number } | null;
    }
  /** `f / factors[i]`, as GGUF files store the frequencies of Llama 3. */
  | { readonly type: 'divided'; readonly factors: readonly number[] };
