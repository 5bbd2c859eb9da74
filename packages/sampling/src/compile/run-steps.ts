import type { ProcessorContext } from '@nexttoken/model';
import type { CandidateList } from './candidate-list';
import { keepFrom } from './keep-listed';
import { lowestFinite } from './list-between';
import { stateAt } from './stages-of';
import type { CutStep, Step } from './step';
import { applyDivisor, denseRow, type Workspace } from './workspace';

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
  processor.process(denseRow(work), context, stateAt(states, path));
}

/** Tries the fused form on the row, once more with the temperature applied: then no division blurs the sums. */
function selects(step: CutStep, work: Workspace): boolean {
  if (step.select(work.row, work.divisor, work.list)) return true;
  if (work.divisor === 1) return false;
  applyDivisor(work);
  return step.select(work.row, 1, work.list);
}

/** Takes the row through all steps; it is left as a list where a stage has removed tokens, see {@link Workspace}. */
export function runSteps(
  steps: readonly Step[],
  work: Workspace,
  context: ProcessorContext,
  states: unknown,
): void {
  const { list } = work;
  for (const step of steps) {
    switch (step.kind) {
      case 'temperature':
        if (work.isListed) {
          for (let i = 0; i < list.count; i++) list.scores[i] = list.scores[i]! / step.divisor;
        } else {
          applyDivisor(work);
          work.divisor = step.divisor;
        }
        break;
      case 'cut':
        if (work.isListed) {
          if (!step.narrow(list)) runOnList(step, list, context, states);
        } else if (selects(step, work)) {
          work.isListed = true;
          work.divisor = 1;
        } else runOnRow(step, work, context, states);
        break;
      case 'ordered':
        if (work.isListed) runOnList(step, list, context, states);
        else runOnRow(step, work, context, states);
        break;
      case 'plain':
        runOnRow(step, work, context, states);
        break;
    }
  }
}
