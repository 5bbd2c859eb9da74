import type { Random } from '@nexttoken/model';
import { initialStates } from '../row/accept-states';
import type { BeamHypothesis, BeamSearchEnd } from './beam-events';
import type { BeamPlan } from './plan-beam-search';

/** A text that is being written. */
export interface Beam {
  /** Prompt and new ids. */
  readonly ids: readonly number[];
  /** Sum of the log-probabilities of the new ids, rounded to float32 at each step. */
  readonly cumulative: number;
  readonly states: readonly unknown[];
  readonly parents: readonly number[];
  /** Its row of the session. */
  row: number;
}

/** Beams that compete with each other. */
export interface BeamGroup {
  readonly index: number;
  beams: readonly Beam[];
  /** Finished texts, in the order that the rules of the search keep them in. */
  finished: readonly BeamHypothesis[];
  end: BeamSearchEnd | undefined;
}

/** The search for one prompt. */
export interface BeamItem {
  readonly index: number;
  readonly promptIds: Int32Array;
  readonly promptLength: number;
  readonly random: Random | undefined;
  readonly groups: readonly BeamGroup[];
}

/** A prompt before its first step: every group has one beam, which is the prompt. */
export function createItem(plan: BeamPlan, index: number): BeamItem {
  const promptIds = plan.prompts[index]!;
  const ids = Array.from(promptIds);
  return {
    index,
    promptIds,
    promptLength: ids.length,
    random: plan.randoms?.[index],
    groups: Array.from({ length: plan.groups }, (_, group) => ({
      index: group,
      beams: [{ ids, cumulative: 0, states: initialStates(plan.processors), parents: [], row: index }],
      finished: [],
      end: undefined,
    })),
  };
}

export const isDone = ({ groups }: BeamItem): boolean => groups.every(({ end }) => end !== undefined);
