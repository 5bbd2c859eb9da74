import type { LogitsProcessor } from '@nexttoken/model';
import { builtIn } from '../built-in/built-in';
import { checkInteger } from '../parameters/check-integer';
import { removeNgramEnds } from '../row/remove-ngram-ends';

/**
 * Lets no n-gram occur twice in the row, prompt included: removes each token that followed the row's last
 * n - 1 ids before. With n = 1 no token comes twice.
 *
 * @param size n, an integer >= 1. There is no neutral value (leave it out); one beyond the row's length does nothing
 * @throws NextTokenError `invalid-parameter`
 *
 * Ids beyond the vocabulary are passed over. Cost: about one comparison for each id of the row.
 * Source: Paulus, Xiong, Socher, "A Deep Reinforced Model for Abstractive Summarization", 2018; Hugging Face
 * `NoRepeatNGramLogitsProcessor`.
 */
export function noRepeatNgram(size: number): LogitsProcessor {
  checkInteger('noRepeatNgram', 'size', size, 1);
  return builtIn({
    kind: 'processor',
    type: 'noRepeatNgram',
    parameters: { size },
    process(scores, { ids }) {
      removeNgramEnds(scores, ids, ids, ids.length, size);
    },
  });
}
