import { checkOptionNames, type LogitsProcessor } from '@nexttoken/model';
import { checkInteger } from '../parameters/check-integer';
import { checkTokenIds } from '../parameters/check-token-ids';
import { removeIds } from '../row/remove-ids';
import type { MinLengthOptions } from './min-length';

export interface MinNewTokensOptions extends MinLengthOptions {
  /** How many ids at the beginning of the row are not new; an integer >= 0. Default: the row's prompt. */
  readonly promptLength?: number;
}

/**
 * Lets no row end before it has that many new tokens: removes the end tokens until then.
 *
 * @param count an integer >= 0; 0 is neutral
 * @param options `endTokenIds`; `promptLength` where the prompt is not what the row says
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Cost: one step for each end token. Source: Hugging Face `MinNewTokensLengthLogitsProcessor`.
 */
export function minNewTokens(count: number, options: MinNewTokensOptions): LogitsProcessor {
  checkInteger('minNewTokens', 'count', count, 0);
  checkOptionNames('minNewTokens', options, ['endTokenIds', 'promptLength']);
  const endTokenIds = checkTokenIds('minNewTokens', 'endTokenIds', options.endTokenIds, 1);
  const { promptLength: given } = options;
  if (given !== undefined) checkInteger('minNewTokens', 'promptLength', given, 0);
  return {
    kind: 'processor',
    type: 'minNewTokens',
    parameters: { count, endTokenIds, ...(given === undefined ? {} : { promptLength: given }) },
    process(scores, { ids, promptLength }) {
      if (ids.length - (given ?? promptLength) < count) removeIds(scores, endTokenIds);
    },
  };
}
