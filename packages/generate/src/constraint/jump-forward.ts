import type { TextEvent } from '@nexttoken/model';
import type { ForcedEvent } from '../events/generate-event';
import type { GenerationPlan } from '../options/plan-generation';
import { finishReason } from '../row/finish-reason';
import { acceptToken, type Row } from '../row/row';
import { endWithConstraint } from './end-with-constraint';
import { endsTooEarly, forcedIds } from './forced-ids';

/** Whether the row has to go on with tokens that are not chosen. */
export const isForced = (row: Row, plan: GenerationPlan): boolean =>
  plan.constrained && plan.jumpForward && forcedIds(row, plan).length > 0;

/**
 * Appends what has to follow, without a forward and without a choice: the next forward reads it together with the last
 * chosen id. Ends where the row does.
 */
export function* jumpForward(
  row: Row,
  plan: GenerationPlan,
  elapsed: () => number,
): Generator<ForcedEvent | TextEvent, void, undefined> {
  if (!plan.jumpForward || finishReason(row, elapsed(), plan)) return;
  const step = row.ids.length - row.promptLength;
  const ids: number[] = [];
  let text = '';
  for (const id of forcedIds(row, plan)) {
    if (endsTooEarly(row, id, plan)) break;
    acceptToken(row, id, plan);
    plan.observe?.(row);
    endWithConstraint(row, plan);
    text += row.writer.push(id);
    ids.push(id);
    if (finishReason(row, elapsed(), plan)) break;
  }
  if (ids.length > 0) yield { type: 'forced', row: row.index, step, ids };
  if (text !== '') yield { type: 'text', row: row.index, text };
}
