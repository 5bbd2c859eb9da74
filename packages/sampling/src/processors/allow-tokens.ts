import {
  checkOptionNames,
  invalidParameter,
  type LogitsProcessor,
  NextTokenError,
  type ProcessorContext,
} from '@nexttoken/model';
import { checkIdsInRow } from '../row/check-ids-in-row';

/**
 * Which tokens may come next.
 * @param ids the row so far, prompt included
 * @param batchItem the prompt it belongs to
 * @returns at least one token id
 */
export type AllowedTokens = (ids: ArrayLike<number>, batchItem: number) => ArrayLike<number>;

export interface AllowTokensOptions {
  /**
   * Whether the beams of a prompt are judged together: forced only when none of them has an allowed token
   * left. Then the processor needs siblings. Default false: each row by itself.
   */
  readonly acrossBeams?: boolean;
}

const owner = 'allowTokens';

/**
 * Whether a sibling had no allowed token left when it came here. One that was forced in this very step has
 * nothing but zeros at its allowed tokens.
 */
function isUnsatisfiable(scores: Float32Array, allowed: readonly number[]): boolean {
  if (allowed.every((id) => scores[id] === Number.NEGATIVE_INFINITY)) return true;
  if (!allowed.every((id) => scores[id] === 0)) return false;
  const others = new Set(allowed);
  return scores.every((score, id) => score === Number.NEGATIVE_INFINITY || others.has(id));
}

/**
 * Keeps only the tokens that a function of the row allows (a prefix tree, a grammar, a catalogue of names):
 * all others are removed. Where every allowed token had been removed before, they are forced instead: each
 * has the score 0.
 *
 * @param allowed called once for each row and step (and once for each sibling with `acrossBeams`)
 * @param options `acrossBeams`
 * @returns a processor; with `acrossBeams` it has `requires.siblings`, whose scores are those of this stage
 * @throws NextTokenError `invalid-parameter`, also when it runs and the function returns no list or an empty
 *   one; `invalid-token-id` for an id beyond the row; `unsupported-capability` without the siblings it needs
 *
 * Kept scores keep their bits; NaN stays NaN. Cost: one pass, and one step for each allowed token.
 * Source: De Cao et al., "Autoregressive Entity Retrieval", 2021; Hugging Face `PrefixConstrainedLogitsProcessor`.
 */
export function allowTokens(allowed: AllowedTokens, options: AllowTokensOptions = {}): LogitsProcessor {
  if (typeof allowed !== 'function') throw invalidParameter(owner, 'allowed', allowed, 'a function');
  checkOptionNames(owner, options, ['acrossBeams']);
  const { acrossBeams = false } = options;
  if (typeof acrossBeams !== 'boolean')
    throw invalidParameter(owner, 'acrossBeams', acrossBeams, 'true or false');

  const allowedFor = (ids: ArrayLike<number>, batchItem: number, scores: Float32Array): readonly number[] => {
    const result = allowed(ids, batchItem);
    if (typeof result !== 'object' || result === null || !(result.length > 0)) {
      throw invalidParameter(owner, 'allowed()', result, 'a list of token ids, not empty');
    }
    const list = Array.from(result);
    const wrong = list.find((id) => !Number.isInteger(id) || id < 0);
    if (wrong !== undefined) throw invalidParameter(owner, 'allowed()', wrong, 'integers >= 0');
    checkIdsInRow(owner, list, scores);
    return list;
  };

  const isForced = (context: ProcessorContext, own: readonly number[], scores: Float32Array): boolean => {
    if (!own.every((id) => scores[id] === Number.NEGATIVE_INFINITY)) return false;
    if (!acrossBeams) return true;
    const { siblings, batchItem } = context;
    if (siblings === undefined) {
      throw new NextTokenError('unsupported-capability', `${owner}: acrossBeams needs the row's siblings`, {
        processor: owner,
        capability: 'siblings',
      });
    }
    return siblings.scores.every(
      (other, i) =>
        i === siblings.index || isUnsatisfiable(other, allowedFor(siblings.ids[i]!, batchItem, other)),
    );
  };

  return {
    kind: 'processor',
    type: owner,
    parameters: { allowed, acrossBeams },
    ...(acrossBeams ? { requires: { siblings: true } } : {}),
    process(scores, context) {
      const ids = allowedFor(context.ids, context.batchItem, scores);
      const forced = isForced(context, ids, scores);
      const kept = ids.map((id) => (forced ? 0 : scores[id]!));
      // -Infinity + NaN and -Infinity + Infinity are NaN: an invalid score is not hidden.
      for (let i = 0; i < scores.length; i++) scores[i] = scores[i]! + Number.NEGATIVE_INFINITY;
      ids.forEach((id, i) => {
        scores[id] = kept[i]!;
      });
    },
  };
}
