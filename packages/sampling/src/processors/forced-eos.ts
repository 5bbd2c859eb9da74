import { checkOptionNames, invalidParameter, type LogitsProcessor } from '@nexttoken/model';
import { checkInteger } from '../parameters/check-integer';
import { checkTokenIds } from '../parameters/check-token-ids';
import { forceIds } from '../row/force-ids';

/** Where a row ends at the latest; exactly one of the two. */
export type ForcedEosOptions =
  | {
      /** The row's whole length, prompt included; an integer >= 1. */
      readonly maxLength: number;
      readonly maxNewTokens?: undefined;
    }
  | {
      readonly maxLength?: undefined;
      /** The number of new tokens; an integer >= 1. */
      readonly maxNewTokens: number;
    };

/**
 * Forces the last token: where one more fits, everything but the end tokens is removed and each of them has
 * the score 0.
 *
 * @param endTokenIds integers >= 0, at least one
 * @param options `maxLength` or `maxNewTokens`
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`; when it runs, `invalid-token-id` for an
 *   id beyond the row
 *
 * The tokens are there even if they had been removed before. Cost: one fill, at one step only.
 * Source: Hugging Face `ForcedEOSTokenLogitsProcessor`.
 */
export function forcedEos(endTokenIds: ArrayLike<number>, options: ForcedEosOptions): LogitsProcessor {
  const ends = checkTokenIds('forcedEos', 'endTokenIds', endTokenIds, 1);
  checkOptionNames('forcedEos', options, ['maxLength', 'maxNewTokens']);
  const { maxLength, maxNewTokens } = options;
  if ((maxLength === undefined) === (maxNewTokens === undefined)) {
    throw invalidParameter('forcedEos', 'maxLength', maxLength, 'given, or maxNewTokens, but not both');
  }
  const name = maxLength === undefined ? 'maxNewTokens' : 'maxLength';
  const limit = maxLength ?? maxNewTokens;
  checkInteger('forcedEos', name, limit, 1);
  return {
    kind: 'processor',
    type: 'forcedEos',
    parameters: { endTokenIds: ends, [name]: limit },
    process(scores, { ids, promptLength }) {
      const last = maxLength ?? promptLength + maxNewTokens!;
      if (ids.length === last - 1) forceIds('forcedEos', scores, ends);
    },
  };
}
