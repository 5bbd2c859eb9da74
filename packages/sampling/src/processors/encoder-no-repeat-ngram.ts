import { checkOptionNames, type LogitsProcessor } from '@nexttoken/model';
import { checkInteger } from '../parameters/check-integer';
import { checkTokenIds } from '../parameters/check-token-ids';
import { removeNgramEnds } from '../row/remove-ngram-ends';
import type { EncoderOptions } from './encoder-repetition-penalty';

/**
 * Lets no n-gram of the input occur in what is generated: removes each token that follows the row's last
 * n - 1 ids in the input.
 *
 * @param size n, an integer >= 1. There is no neutral value (leave it out)
 * @param options `encoderIds`: the input; default: the prompt
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Ids beyond the vocabulary are passed over. Cost: about one comparison for each id of the input.
 * Source: Hugging Face `EncoderNoRepeatNGramLogitsProcessor`.
 */
export function encoderNoRepeatNgram(size: number, options: EncoderOptions = {}): LogitsProcessor {
  checkInteger('encoderNoRepeatNgram', 'size', size, 1);
  checkOptionNames('encoderNoRepeatNgram', options, ['encoderIds']);
  const { encoderIds } = options;
  const given =
    encoderIds === undefined ? undefined : checkTokenIds('encoderNoRepeatNgram', 'encoderIds', encoderIds);
  return {
    kind: 'processor',
    type: 'encoderNoRepeatNgram',
    parameters: { size, ...(given === undefined ? {} : { encoderIds: given }) },
    process(scores, { ids, promptLength }) {
      if (given === undefined) removeNgramEnds(scores, ids, ids, Math.min(promptLength, ids.length), size);
      else removeNgramEnds(scores, ids, given, given.length, size);
    },
  };
}
