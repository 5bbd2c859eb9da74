import type { LogitsProcessor } from '@nexttoken/model';
import { checkInteger } from '../parameters/check-integer';
import { forceIds } from '../row/force-ids';

/**
 * Forces the second token of a row: where it holds one id, everything but this token is removed and the
 * token has the score 0. Meant for models whose text begins with a start token and, say, a language.
 *
 * @param id an integer >= 0. There is no neutral value (leave it out)
 * @throws NextTokenError `invalid-parameter`; when it runs, `invalid-token-id` for an id beyond the row
 *
 * The token is there even if it had been removed before. Cost: one fill, at one step only.
 * Source: Hugging Face `ForcedBOSTokenLogitsProcessor`.
 */
export function forcedBos(id: number): LogitsProcessor {
  checkInteger('forcedBos', 'id', id, 0);
  return {
    kind: 'processor',
    type: 'forcedBos',
    parameters: { id },
    process(scores, { ids }) {
      if (ids.length === 1) forceIds('forcedBos', scores, [id]);
    },
  };
}
