import { checkOptionNames, invalidParameter, type Tokenizer } from '@nexttoken/model';
import { entropy, logSumExp, topIndices } from '@nexttoken/numeric';
import { constraintsOfRow } from '../constraint/constraints-of-row';
import { displayToken } from '../token/display-token';
import { rankOf } from '../token/rank-of';
import { tokenText } from '../token/token-text';
import { checkRow } from './check-row';
import { inBits } from './in-bits';
import type { NextTokenRow, NextTokenTable, NextTokenTableOptions } from './next-token-table-data';
import { traceRow } from './trace-row';

/** exp(score - logTotal); 0 for a removed token, also where nothing is left at all. */
function shareOf(score: number, logTotal: number): number {
  return score === Number.NEGATIVE_INFINITY ? 0 : Math.exp(score - logTotal);
}

/** The probability of all ids but the shown ones, summed up (1 minus the others would lose the small ones). */
function massBeside(shown: ReadonlySet<number>, scores: Float32Array, logTotal: number): number {
  let mass = 0;
  for (let id = 0; id < scores.length; id++) if (!shown.has(id)) mass += shareOf(scores[id]!, logTotal);
  return mass;
}

/**
 * The next token's distribution as a table: who leads by how much, and, given processors, what they make of
 * it and who removed whom.
 *
 * `probability = softmax(logits)`, `share = softmax(scores)`, both in float64.
 * Cost: selection of the `top` (linear), a few passes over the vocabulary, and what `traceChain` costs.
 *
 * @param logits one raw row, shape `[vocabSize]`, not changed; `vocabSize` may exceed the tokenizer's
 * @throws NextTokenError `invalid-scores` (NaN, Infinity), `no-candidates`, `invalid-parameter`,
 *   `unsupported-option`, `unsupported-capability` for a processor that needs siblings, guidance or a random source that
 *   `context` lacks (a source is drawn from: give a copy of the row's own)
 */
export function nextTokenTable(
  logits: Float32Array,
  tokenizer?: Tokenizer,
  options: NextTokenTableOptions = {},
): NextTokenTable {
  const { top = 10, orderBy = 'logit', processors, context } = options;
  checkOptionNames('nextTokenTable', options, ['top', 'orderBy', 'processors', 'context']);
  checkRow('nextTokenTable', logits);
  if (orderBy !== 'logit' && orderBy !== 'score') {
    throw invalidParameter('nextTokenTable', 'orderBy', orderBy, '"logit" or "score"');
  }
  if (!Number.isInteger(top) || top < 0)
    throw invalidParameter('nextTokenTable', 'top', top, 'an integer >= 0');

  const traced = processors ? traceRow(logits, processors, context) : undefined;
  const scores = traced?.scores ?? logits;
  const logTotal = logSumExp(logits);
  const logTotalScores = logSumExp(scores);

  const rows = Array.from(
    topIndices(orderBy === 'logit' ? logits : scores, top),
    (id, index): NextTokenRow => {
      const remover = traced?.stages[traced.removedBy[id]! - 1]?.name;
      return {
        rank: orderBy === 'logit' ? index + 1 : rankOf(logits, id),
        id,
        token: displayToken(tokenizer, id),
        text: tokenText(tokenizer, id),
        logit: logits[id]!,
        probability: Math.exp(logits[id]! - logTotal),
        ...(traced && { score: scores[id]!, share: shareOf(scores[id]!, logTotalScores) }),
        ...(remover !== undefined && { removedBy: remover }),
      };
    },
  );
  const constraints = processors ? constraintsOfRow(logits, processors, context) : [];
  const shown = new Set(rows.map(({ id }) => id));
  return {
    rows,
    others: {
      count: logits.length - rows.length,
      probability: massBeside(shown, logits, logTotal),
      ...(traced && { share: massBeside(shown, scores, logTotalScores) }),
    },
    vocabSize: logits.length,
    entropy: entropy(logits) / Math.LN2,
    ...(traced && { stages: traced.stages.map(inBits) }),
    ...(constraints.length > 0 && { constraints }),
  };
}
