import type { TraceMerge } from '@nexttoken/model';

/** A normalized text cut into pieces: ids (the unknown one included) and where each ends, in units of the text. */
export interface Segmentation {
  readonly ids: number[];
  readonly ends: number[];
}

/** Cuts a normalized text. `onMerge` is told of merges by kinds that merge. */
export type Segmenter = (text: string, onMerge?: (merge: TraceMerge) => void) => Segmentation;
