import { atStep } from '../errors/at-step';
import type { GenerationPlan } from '../options/plan-generation';
import type { Row } from '../row/row';
import { constraintsOf } from './constraints-of';

/** The ids that a row's only constraint forces. */
export function forcedIds(row: Row, { processors }: GenerationPlan): readonly number[] {
  const constraints = constraintsOf(processors, row.processorStates);
  if (constraints.length !== 1) return [];
  const [{ processor, state }] = constraints as [(typeof constraints)[number]];
  try {
    return processor.constraint.forced(state, row.ids);
  } catch (error) {
    const step = row.ids.length - row.promptLength;
    throw atStep(error, 'processor-failed', { processor: processor.type, step, row: row.index });
  }
}

/** Whether a forced id would end the row before `minNewTokens`: it has to be chosen then, which fails. */
export const endsTooEarly = (row: Row, id: number, { endTokenIds, minNewTokens }: GenerationPlan): boolean =>
  endTokenIds.has(id) && row.ids.length - row.promptLength < minNewTokens;
