import type { ProcessorContext } from '@nexttoken/model';
import type { CandidateList } from './candidate-list';
import { keepFrom } from './keep-listed';
import { lowestFinite } from './list-between';
import { renameIds } from './rename-ids';
import { type StageErrorHandler, stateAt } from './stages-of';
import type { CutStep, Step } from './step';
import { applyDivisor, denseRow, makeWritable, type Workspace } from './workspace';

/** Runs a stage on the survivors alone. */
function runOnList(
  { processor, path }: Step,
  list: CandidateList,
  context: ProcessorContext,
  states: unknown,
) {
  processor.process(list.scores.subarray(0, list.count), context, stateAt(states, path));
  keepFrom(list, lowestFinite);
}

function runOnRow({ processor, path }: Step, work: Workspace, context: ProcessorContext, states: unknown) {
  settle(work, context, states);
  processor.process(denseRow(work), context, stateAt(states, path));
}

/**
 * Runs a stage that looks back on the survivors alone, the context's ids renamed.
 * @returns whether it did
 */
function runOnNames(
  { processor, path }: Step,
  { table }: Workspace,
  list: CandidateList,
  context: ProcessorContext,
  states: unknown,
): boolean {
  const ids = renameIds(table, list, context.ids);
  if (ids === undefined) return false;
  processor.process(list.scores.subarray(0, list.count), { ...context, ids }, stateAt(states, path));
  keepFrom(list, lowestFinite);
  return true;
}

/** Runs the stages that were put off. */
function settle(work: Workspace, context: ProcessorContext, states: unknown): void {
  const { pending } = work;
  if (pending.length === 0) return;
  makeWritable(work);
  for (const { processor, path } of pending) processor.process(work.row, context, stateAt(states, path));
  pending.length = 0;
}

/** Tries the fused form on the row, once more with the temperature applied: then no division blurs the sums. */
function selects(step: CutStep, work: Workspace, context: ProcessorContext, states: unknown): boolean {
  const { list, pending } = work;
  if (pending.length > 0) {
    const lower = (listed: CandidateList) =>
      pending.every((stage) => runOnNames(stage, work, listed, context, states));
    if (step.selectLowered?.(work.row, work.divisor, list, lower)) {
      pending.length = 0;
      return true;
    }
    settle(work, context, states);
  }
  if (step.select(work.row, work.divisor, list)) return true;
  if (work.divisor === 1) return false;
  applyDivisor(work);
  return step.select(work.row, 1, list);
}

function runStep(step: Step, work: Workspace, context: ProcessorContext, states: unknown): void {
  const { list } = work;
  switch (step.kind) {
    case 'temperature':
      if (work.isListed) {
        for (let i = 0; i < list.count; i++) list.scores[i] = list.scores[i]! / step.divisor;
      } else {
        if (work.divisor !== 1) settle(work, context, states);
        applyDivisor(work);
        work.divisor = step.divisor;
      }
      break;
    case 'cut':
      if (work.isListed) {
        if (!step.narrow(list)) runOnList(step, list, context, states);
      } else if (selects(step, work, context, states)) {
        work.isListed = true;
        work.divisor = 1;
      } else runOnRow(step, work, context, states);
      break;
    case 'ordered':
      if (work.isListed) runOnList(step, list, context, states);
      else runOnRow(step, work, context, states);
      break;
    case 'looking-back':
      if (work.isListed && runOnNames(step, work, list, context, states)) break;
      if (step.onlyLowers && !work.isListed && work.divisor === 1) work.pending.push(step);
      else runOnRow(step, work, context, states);
      break;
    case 'plain':
      runOnRow(step, work, context, states);
      break;
  }
}

/**
 * Takes the row through all steps; it is left as a list where a stage has removed tokens, see {@link Workspace}.
 * @param onStageError makes what is thrown of what a stage threw
 */
export function runSteps(
  steps: readonly Step[],
  work: Workspace,
  context: ProcessorContext,
  states: unknown,
  onStageError?: StageErrorHandler,
): void {
  for (const step of steps) {
    try {
      runStep(step, work, context, states);
    } catch (error) {
      throw onStageError === undefined ? error : onStageError(error, step.processor);
    }
  }
  settle(work, context, states);
}
