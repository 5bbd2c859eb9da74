import type { FinishReason, Random } from '@nexttoken/model';
import type { DraftRow } from '../draft/draft';
import type { GenerationPlan, RowPlan } from '../options/plan-generation';
import { createTextWriter, type TextWriter } from '../text/text-writer';
import { acceptStates, initialStates } from './accept-states';
import type { Lane } from './lane';

/** All that changes while one row grows, apart from its KV cache. */
export interface Row {
  readonly index: number;
  readonly batchItem: number;
  /** What the session held before, the prompt, the new ids. */
  readonly ids: number[];
  readonly promptLength: number;
  readonly lane: Lane;
  /** The row that guidance steers away from: its own prompt, then the same new ids. */
  readonly guidance: Lane | undefined;
  readonly random: Random;
  /** One state a processor, in their order; a state is a value, so a fork copies the list. */
  processorStates: readonly unknown[];
  samplerState: unknown;
  /** What is left of the ids that a grammar forces, one a step; `undefined`: it was not asked since the last choice. */
  forced: readonly number[] | undefined;
  readonly writer: TextWriter;
  readonly draft: DraftRow | undefined;
  forwards: number;
  proposed: number;
  accepted: number;
  /** Set by a stop condition, and where nothing is chosen any more. */
  ended: FinishReason | undefined;
}

/**
 * The row before its first new token.
 * @param cached positions that its session row holds already
 */
export function createRow(plan: GenerationPlan, row: RowPlan, cached: number): Row {
  const { previousIds, model } = plan;
  const { resume } = row;
  const ids = [...Array.from(previousIds), ...row.promptIds];
  const promptLength = resume?.promptLength ?? ids.length;
  const writer = createTextWriter(plan, resume ? ids.slice(0, promptLength) : row.promptIds);
  for (const id of ids.slice(promptLength)) writer.push(id);
  return {
    index: row.index,
    batchItem: row.batchItem,
    ids,
    promptLength,
    lane: { ids, start: previousIds.length - cached },
    guidance: row.negativeIds && { ids: Array.from(row.negativeIds), start: 0 },
    random: row.random,
    processorStates: resume?.processorStates ?? initialStates(plan.processors),
    samplerState: resume ? resume.samplerState : plan.sampler.initialState?.(),
    forced: undefined,
    writer,
    // A fork far from the loop's own, so that the draft's draws are independent of the row's.
    draft: plan.draft?.openRow({ vocabSize: model.vocabSize, random: row.random.fork(2 ** 52) }),
    forwards: 0,
    proposed: 0,
    accepted: 0,
    ended: undefined,
  };
}

/** Appends a chosen id; every stateful processor sees it. */
export function acceptToken(row: Row, id: number, { processors }: GenerationPlan): void {
  const where = { step: row.ids.length - row.promptLength, row: row.index };
  row.processorStates = acceptStates(processors, row.processorStates, id, where);
  row.ids.push(id);
  row.guidance?.ids.push(id);
}
