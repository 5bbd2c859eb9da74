import { checkOptionNames, type LogitsProcessor } from '@nexttoken/model';
import { checkInteger } from '../parameters/check-integer';
import { checkTokenIds } from '../parameters/check-token-ids';
import { removeIds } from '../row/remove-ids';

export interface MinLengthOptions {
  /** The tokens that end a text; integers >= 0, at least one. Those beyond the vocabulary are passed over. */
  readonly endTokenIds: ArrayLike<number>;
}

/**
 * Lets no row end before it has a length: removes the end tokens while the row, prompt included, is shorter.
 *
 * @param length an integer >= 0; 0 is neutral
 * @param options `endTokenIds`
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Cost: one step for each end token. Source: Hugging Face `MinLengthLogitsProcessor`.
 */
export function minLength(length: number, options: MinLengthOptions): LogitsProcessor {
  checkInteger('minLength', 'length', length, 0);
  checkOptionNames('minLength', options, ['endTokenIds']);
  const endTokenIds = checkTokenIds('minLength', 'endTokenIds', options.endTokenIds, 1);
  return {
    kind: 'processor',
    type: 'minLength',
    parameters: { length, endTokenIds },
    process(scores, { ids }) {
      if (ids.length < length) removeIds(scores, endTokenIds);
    },
  };
}
