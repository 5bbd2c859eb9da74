import { decodeRow, type RunRecord } from '@nexttoken/generate';
import { checkOptionNames } from '@nexttoken/model';
import { displayToken } from '../token/display-token';
import type { CounterfactualOptions, CounterfactualRun, CounterfactualStep } from './counterfactual-data';
import { drawToken } from './draw-token';

/** What {@link counterfactualRun} changes; the luck is the run's own. */
export interface CounterfactualRunOptions
  extends Pick<CounterfactualOptions, 'processors' | 'sampler' | 'tokenizer'> {}

/**
 * What other settings would have made of every step of a recorded run, with its own past and its own luck: the steps at
 * which they would have gone another way. Needs the run's raw rows (`capture: { logits: true }`), no model.
 *
 * To go that other way in full, fork the run: `run.fork({ step: 0, processors })` draws from the same source again.
 *
 * @param record steps that were put by hand, or have no row or draw, are passed over
 * @throws NextTokenError `unsupported-option`; what {@link drawToken} throws
 */
export function counterfactualRun(record: RunRecord, options: CounterfactualRunOptions): CounterfactualRun {
  checkOptionNames('counterfactualRun', options, ['processors', 'sampler', 'tokenizer']);
  const { tokenizer } = options;
  const steps = record.ids.map((id, step): CounterfactualStep => {
    const row = record.rows?.logits?.[step];
    const draw = record.draws[step] ?? 0;
    const ids = [...record.promptIds, ...record.ids.slice(0, step)];
    const context = { ids, promptLength: record.promptIds.length };
    const needsLuck = options.sampler?.type !== 'greedy';
    const known = row && (!needsLuck || typeof record.draws[step] === 'number');
    const other = known ? drawToken(decodeRow(row), { ...options, draw, context }) : undefined;
    return {
      step,
      id,
      token: displayToken(tokenizer, id),
      ...(other && { other }),
      same: other === undefined || other.id === id,
    };
  });
  const first = steps.findIndex(({ same }) => !same);
  return { record, steps, ...(first >= 0 && { firstDifference: first }) };
}
