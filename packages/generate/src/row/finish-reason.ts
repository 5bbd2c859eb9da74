import { type FinishReason, NextTokenError } from '@nexttoken/model';
import type { GenerationPlan } from '../options/plan-generation';
import { laneLength } from './lane';
import type { Row } from './row';

/** Whether the cache of the row, or of its guidance row, cannot take the id that was chosen last. */
function isFull(row: Row, { model, slideTo }: GenerationPlan): boolean {
  if (slideTo !== undefined) return false;
  const { contextLength } = model.capabilities;
  return (
    laneLength(row.lane) > contextLength || (row.guidance ? laneLength(row.guidance) : 0) > contextLength
  );
}

/**
 * Why the row takes no further token; `undefined`: it goes on. An end token comes before a stop id, that before
 * a stop string and a stop condition, those before the limits.
 * @param elapsed seconds since the run began
 * @throws NextTokenError `context-overflow` when the context is full and that is to be an error
 */
export function finishReason(row: Row, elapsed: number, plan: GenerationPlan): FinishReason | undefined {
  const step = row.ids.length - row.promptLength;
  const last = row.ids.at(-1)!;
  if (step > 0 && plan.endTokenIds.has(last)) return 'end-token';
  if (step > 0 && plan.stopTokenIds.has(last)) return 'stop-token';
  if (row.writer.stopped) return 'stop-string';
  if (row.ended) return row.ended;
  if (step >= plan.maxNewTokens) return 'max-new-tokens';
  if (row.ids.length >= plan.maxLength) return 'max-length';
  if (plan.signal?.aborted) return 'aborted';
  if (elapsed >= plan.maxTime) return 'max-time';
  if (!isFull(row, plan)) return undefined;
  if (!plan.overflowIsError) return 'context-length';
  const { contextLength } = plan.model.capabilities;
  throw new NextTokenError(
    'context-overflow',
    `generate: row ${row.index} has filled the model's context of ${contextLength} at step ${step}`,
    { length: row.ids.length, contextLength, row: row.index, step },
  );
}
