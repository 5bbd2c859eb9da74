import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { entropy, logSumExp } from '@nexttoken/numeric';
import { rowDivergence } from '../distribution/row-divergence';
import { checkRow } from '../next-token/check-row';
import { contextCopies } from '../next-token/context-copies';
import { traceRow } from '../next-token/trace-row';
import { displayToken } from '../token/display-token';
import type { AblatedStage, AblatedToken, AblationOptions, ProcessorAblation } from './ablation-data';
import { partsOf } from './parts-of';

const owner = 'ablateProcessors';

const isLeft = (score: number): boolean => score > Number.NEGATIVE_INFINITY;
const countLeft = (scores: Float32Array): number =>
  scores.reduce((count, score) => count + (isLeft(score) ? 1 : 0), 0);

/**
 * What each processor of a chain does by itself, and what only it does: the raw row through it alone, and the chain
 * without it. A token that comes back without a stage is removed by nobody else; one that two stages remove does not.
 *
 * @param logits one raw row, shape `[vocabSize]`, not changed
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`, `invalid-scores`, `no-candidates`,
 *   `unsupported-capability`; what the processors throw
 *
 * Cost: for a chain of n stages about n² of them.
 */
export function ablateProcessors(logits: Float32Array, options: AblationOptions): ProcessorAblation {
  checkOptionNames(owner, options, ['processors', 'context', 'tokenizer', 'top']);
  const { processors, context, tokenizer, top = 10 } = options;
  if (!Number.isInteger(top) || top < 0) throw invalidParameter(owner, 'top', top, 'an integer >= 0');
  checkRow(owner, logits);
  const parts = partsOf([processors].flat());
  const copy = contextCopies(context);
  const whole = traceRow(logits, parts, copy());
  checkRow(owner, whole.scores);
  const total = logSumExp(logits);
  const probability = (id: number): number => Math.exp(logits[id]! - total);
  const list = (ids: readonly number[]): AblatedToken[] =>
    [...ids]
      .sort((a, b) => logits[b]! - logits[a]! || a - b)
      .slice(0, top)
      .map((id) => ({ id, token: displayToken(tokenizer, id), probability: probability(id) }));
  const bits = (scores: Float32Array): number => entropy(scores) / Math.LN2;
  const all = Array.from(logits.keys());

  const stages = parts.map((part, index): AblatedStage => {
    const alone = traceRow(logits, part, copy()).scores;
    const rest = parts.filter((_, other) => other !== index);
    const without = traceRow(logits, rest, copy()).scores;
    const removed = all.filter((id) => isLeft(logits[id]!) && !isLeft(alone[id]!));
    const rescued = all.filter((id) => isLeft(without[id]!) && !isLeft(whole.scores[id]!));
    return {
      name: whole.stages[index]!.name,
      type: part.type,
      parameters: part.parameters,
      alone: {
        kept: countLeft(alone),
        removed: removed.length,
        removedMass: removed.reduce((sum, id) => sum + probability(id), 0),
        entropy: bits(alone),
        tokens: list(removed),
      },
      without: {
        kept: countLeft(without),
        entropy: bits(without),
        js: rowDivergence(whole.scores, without).js,
        rescued: rescued.length,
        tokens: list(rescued),
      },
    };
  });
  return { stages, kept: countLeft(whole.scores), entropy: bits(whole.scores) };
}
