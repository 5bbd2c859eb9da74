import type { AlignedText } from '../text/aligned-text';

/** One step that rewrites the text before it is cut. */
export interface Normalizer {
  /** As tokenizer.json names it. */
  readonly type: string;
  normalize(source: AlignedText): AlignedText;
}
