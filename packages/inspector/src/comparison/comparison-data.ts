import type { RunRecord } from '@nexttoken/generate';
import type { ForwardProgress, LanguageModel, Tokenizer } from '@nexttoken/model';

/** A token under two distributions. */
export interface ComparedToken {
  readonly id: number;
  readonly token: string;
  readonly probabilities: readonly [a: number, b: number];
  /** `log2 b − log2 a`: positive where b finds it more probable; ±Infinity where one of them rules it out. */
  readonly delta: number;
  readonly ranks: readonly [a: number, b: number];
}

/** Two distributions over one vocabulary. All divergences in bits. */
export interface DistributionComparison {
  /** `KL(a ‖ b) = Σ a log2(a / b)`; Infinity where b rules out what a allows. */
  readonly kl: number;
  /** `KL(b ‖ a)`. */
  readonly reverseKl: number;
  /** Jensen-Shannon divergence, in [0, 1]. */
  readonly js: number;
  /** `Σ |a − b| / 2`: the mass that would have to move, in [0, 1]. */
  readonly moved: number;
  readonly entropies: readonly [a: number, b: number];
  /** Overlap of the `top` best of each: `|A ∩ B| / |A ∪ B|`. */
  readonly jaccard: number;
  readonly sameBest: boolean;
  /** The best tokens of either, by the larger of their probabilities. */
  readonly rows: readonly ComparedToken[];
}

/** One of the two models of a comparison. */
export interface ComparedSide {
  readonly name?: string | undefined;
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  /** What comes before the text for this side alone, e.g. a chat template's beginning; not compared. */
  readonly before?: string | readonly number[] | undefined;
  /** Whether special tokens come before the text; default true. */
  readonly addSpecialTokens?: boolean | undefined;
}

export interface CompareModelsOptions {
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly text: string;
  /** How many alternatives a segment keeps of each side, an integer >= 0; default 5. */
  readonly top?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ForwardProgress) => void) | undefined;
}

/** One side's token of a segment. */
export interface ComparedPiece {
  readonly id: number;
  readonly token: string;
  /** `-log2 p`; `undefined` where nothing comes before it. */
  readonly bits: number | undefined;
  readonly rank: number | undefined;
  /** What the side expected here, best first. */
  readonly alternatives: readonly {
    readonly id: number;
    readonly token: string;
    readonly probability: number;
  }[];
}

/** The shortest stretch of text that begins and ends at a token border of both. */
export interface ComparedSegment {
  /** Half-open range of bytes of the text in UTF-8. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly pieces: readonly [a: readonly ComparedPiece[], b: readonly ComparedPiece[]];
  /** Bits of the whole segment; `undefined` where a side has nothing before it. */
  readonly bits: readonly [a: number | undefined, b: number | undefined];
  /** `a − b` in bits: positive where b saw it coming better. */
  readonly delta: number | undefined;
  /** For one vocabulary: how the two predictions of this token differ. */
  readonly divergence?: { readonly kl: number; readonly reverseKl: number; readonly js: number };
  /** Whether both sides' best guess for the segment's first token adds the same bytes. */
  readonly sameBest: boolean | undefined;
}

/** Two models reading one text. */
export interface ModelComparison {
  readonly names: readonly [a: string, b: string];
  /** `ids`: both cut the text into the same ids of one vocabulary. `bytes`: aligned at common borders. */
  readonly alignment: 'ids' | 'bytes';
  readonly segments: readonly ComparedSegment[];
  /** Sums over the segments that both score. */
  readonly bits: readonly [a: number, b: number];
  readonly bytes: number;
  readonly bitsPerByte: readonly [a: number, b: number];
  readonly tokens: readonly [a: number, b: number];
  /** Means over the segments that have a divergence. */
  readonly meanKl?: number;
  readonly meanJs?: number;
  /** Segments where the best guesses differ, as places in `segments`. */
  readonly divergences: readonly number[];
}

/** Two runs step by step. */
export interface ComparedStep {
  readonly step: number;
  readonly ids: readonly [a: number | undefined, b: number | undefined];
  readonly tokens: readonly [a: string, b: string];
  readonly probabilities: readonly [a: number | undefined, b: number | undefined];
  /** With captured rows, up to and with the first step that differs: the raw distributions in bits. */
  readonly divergence?: { readonly kl: number; readonly reverseKl: number; readonly js: number };
}

export interface RunComparison {
  readonly sides: readonly [a: Pick<RunRecord, 'model' | 'text'>, b: Pick<RunRecord, 'model' | 'text'>];
  readonly samePrompt: boolean;
  /** The first step whose ids differ, or where one ends; absent when the runs are the same. */
  readonly firstDifference?: number;
  readonly steps: readonly ComparedStep[];
}
