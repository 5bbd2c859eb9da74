import type { GenerationPlan } from '../options/plan-generation';
import type { Row } from '../row/row';
import { constraintsOf } from './constraints-of';

/**
 * Ends a row whose constraint has no further token and no end token that would say so: the reason is
 * `stop-condition`.
 */
export function endWithConstraint(row: Row, { constrained, processors, endTokenIds }: GenerationPlan): void {
  if (!constrained || row.ended) return;
  for (const { processor, state } of constraintsOf(processors, row.processorStates)) {
    const { constraint } = processor;
    const canSay = constraint.endTokenIds.some((id) => endTokenIds.has(id));
    if (!canSay && constraint.isComplete(state)) row.ended = 'stop-condition';
  }
}
