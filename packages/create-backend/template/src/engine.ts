/** What your runtime does: the one thing that has to be yours. Everything else in this package can stay as it is. */
export interface Engine {
  readonly vocabSize: number;
  /** The most ids that a text may have. */
  readonly contextLength: number;
  /**
   * Reads one id.
   * @param past the ids of the text so far; never changed
   * @returns the raw logits of what follows, `[vocabSize]`; a fresh array every time
   */
  next(past: readonly number[], id: number): Float32Array;
}

const lines = [
  'the sun is up and the dog runs to the hill',
  'the cat sits on the hill and looks at the sun',
  'a dog and a cat run up the hill to the sun',
];
const words = [...new Set(lines.flatMap((line) => line.split(' ')))];

/**
 * A toy: counts which word follows which in three lines of text, and remembers what a text has said before.
 * logits = log(0.1 + 2 count(next | id) + times that the text holds next)
 */
export function createEngine(): Engine {
  const follows = words.map(() => words.map(() => 0));
  for (const line of lines) {
    const ids = line.split(' ').map((word) => words.indexOf(word));
    ids.slice(1).forEach((next, i) => {
      follows[ids[i]!]![next]! += 1;
    });
  }
  return {
    vocabSize: words.length,
    contextLength: 512,
    next(past, id) {
      const seen = new Float64Array(words.length);
      for (const earlier of past) seen[earlier]! += 1;
      return Float32Array.from(words, (_, next) => Math.log(0.1 + 2 * follows[id]![next]! + seen[next]!));
    },
  };
}
