import type { SuffixIndex } from '../suffix/suffix-index';
import { sentenceBorder } from '../vocabulary/ngram-vocabulary';
import type { ContinuationRuns } from './continuation-runs';
import type { Continuations } from './ngram-counts';

/** All tokens of a corpus with their counts. Cost: one pass over the text, for the order of equal ones. */
export function unigrams(
  shards: readonly SuffixIndex[],
  vocabSize: number,
  runs: ContinuationRuns,
): Continuations {
  const counts = new Int32Array(vocabSize);
  const firstSeen = new Float64Array(vocabSize).fill(Number.POSITIVE_INFINITY);
  let total = 0;
  let ends = 0;
  let base = 0;
  for (const { ids, first, sentenceCount, tokenCount } of shards) {
    for (let id = sentenceBorder + 1; id + 1 < first.length; id++) counts[id]! += first[id + 1]! - first[id]!;
    for (let i = ids.length - 1; i >= 0; i--) {
      const id = ids.get(i);
      if (firstSeen[id]! >= base) firstSeen[id] = base + i;
    }
    base += ids.length;
    total += tokenCount;
    ends += sentenceCount;
  }
  runs.clear();
  for (let id = sentenceBorder + 1; id < vocabSize; id++) {
    if (counts[id]! > 0) runs.push(id, counts[id]!, firstSeen[id]!);
  }
  return runs.ordered(Number.POSITIVE_INFINITY, total, ends);
}
