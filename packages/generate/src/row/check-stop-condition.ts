import type { StepEvent } from '@nexttoken/model';
import { atStep } from '../errors/at-step';
import type { GenerationPlan } from '../options/plan-generation';
import type { Row } from './row';

/**
 * Asks the caller's stop condition behind a chosen token.
 * @throws NextTokenError `stop-condition-failed`; details: step, row
 */
export function checkStopCondition(row: Row, step: StepEvent, { stopWhen }: GenerationPlan): void {
  if (!stopWhen) return;
  const { index, batchItem, ids, promptLength, writer } = row;
  try {
    const stops = stopWhen({ row: index, batchItem, ids, promptLength, text: writer.text, step });
    if (stops) row.ended = 'stop-condition';
  } catch (error) {
    throw atStep(error, 'stop-condition-failed', { step: step.step, row: index });
  }
}
