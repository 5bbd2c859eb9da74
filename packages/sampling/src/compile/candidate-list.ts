/**
 * What is left of a row, as a list: the first `count` entries of each array, in ascending order of their
 * ids. All arrays have room for the whole vocabulary, so that nothing is allocated while stages run.
 */
export interface CandidateList {
  /** Shape `[vocabSize]`. */
  readonly ids: Int32Array;
  /** Scores as the stages so far left them, shape `[vocabSize]`. */
  readonly scores: Float32Array;
  /** Scratch of whoever works on the list, shape `[vocabSize]`. */
  readonly weights: Float64Array;
  /** Scratch for positions in the list, shape `[vocabSize]`. */
  readonly positions: Int32Array;
  count: number;
}

/** An empty list with room for `vocabSize` candidates: 20 bytes for each. */
export function createCandidateList(vocabSize: number): CandidateList {
  return {
    ids: new Int32Array(vocabSize),
    scores: new Float32Array(vocabSize),
    weights: new Float64Array(vocabSize),
    positions: new Int32Array(vocabSize),
    count: 0,
  };
}

/** Reads the scores of the listed ids: `fround(row[id] / divisor)`, as the temperature stage does. */
export function readScores(list: CandidateList, row: Float32Array, divisor: number): void {
  const { ids, scores, count } = list;
  if (divisor === 1) for (let i = 0; i < count; i++) scores[i] = row[ids[i]!]!;
  else for (let i = 0; i < count; i++) scores[i] = row[ids[i]!]! / divisor;
}

/** Applies the temperature to scores that were read without. */
export function divideScores({ scores, count }: CandidateList, divisor: number): void {
  if (divisor !== 1) for (let i = 0; i < count; i++) scores[i] = scores[i]! / divisor;
}

/** The largest score of a list; NaN when one is NaN or +Infinity: nothing can be decided then. */
export function largestOf({ scores, count }: CandidateList): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const score = scores[i]!;
    if (score > largest) largest = score;
    else if (Number.isNaN(score)) return Number.NaN;
  }
  return largest === Number.POSITIVE_INFINITY ? Number.NaN : largest;
}
