import type { SmoothedModel } from '../smoothing/smoothed-model';
import { firstToken, sentenceBorder } from '../vocabulary/ngram-vocabulary';

/** Logits for ids as the outside knows them. */
export interface RowMaker {
  readonly vocabSize: number;
  /** @param out shape `[vocabSize]` */
  write(ids: readonly number[], out: Float32Array): void;
}

/** For words: ids as they are. For a tokenizer: its own ids, and a border for each of its ids that stands for one. */
export function rowMaker(
  model: SmoothedModel,
  endTokenId: number | undefined,
  borders: ReadonlySet<number>,
): RowMaker {
  const { vocabulary, order } = model;
  if (vocabulary.kind === 'words') {
    return {
      vocabSize: vocabulary.size,
      write: (ids, out) => void model.logProbabilities(lastIds(ids, order), out),
    };
  }
  const whole = new Float32Array(vocabulary.size);
  return {
    vocabSize: vocabulary.size - firstToken,
    write(ids, out) {
      const context = lastIds(ids, order).map((id) => (borders.has(id) ? sentenceBorder : id + firstToken));
      model.logProbabilities(context, whole);
      out.set(whole.subarray(firstToken));
      if (endTokenId !== undefined) out[endTokenId] = whole[sentenceBorder]!;
    },
  };
}

function lastIds(ids: readonly number[], order: number): readonly number[] {
  return ids.slice(Math.max(0, ids.length - (order - 1)));
}
