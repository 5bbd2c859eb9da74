import type { Random, RandomState, Session, StepEvent } from '@nexttoken/model';
import type { Draft } from '../draft/draft';
import { runPlan } from '../loop/run-rows';
import { type GenerationPlan, planGeneration } from '../options/plan-generation';
import { acceptStates, initialStates } from '../row/accept-states';
import { encodeRow } from './encode-row';
import type { RunOptions } from './run-options';
import type { RunRecord, RunSegment, RunStep } from './run-record';
import { stageData } from './stage-data';

/** The values that a step starts from. */
interface Snapshot {
  readonly processorStates: readonly unknown[];
  readonly samplerState: unknown;
  readonly random: RandomState;
}

/** One new id and all that is known about it. */
interface RunEntry {
  readonly id: number;
  /** Before it was chosen. */
  readonly before: Snapshot;
  readonly draw: number | null;
  readonly step: RunStep | null;
  readonly logits: string | null;
  readonly scores: string | null;
}

/** A run to be made: what is kept of another one, and how to go on. */
export interface RunTask {
  readonly options: RunOptions;
  /** Holds nothing, or a beginning of the kept ids short of the last one; it becomes the run's. */
  readonly session: Session;
  readonly promptIds: readonly number[];
  readonly kept: readonly RunEntry[];
  readonly segments: readonly RunSegment[];
  readonly token: number | undefined;
  /** The states before the first step; `undefined`: what the stages make of the kept ids. */
  readonly processorStates: readonly unknown[] | undefined;
  readonly samplerState: { readonly value: unknown } | undefined;
  readonly random: Random;
  readonly draft: Draft | undefined;
}

export interface ExecutedRun {
  readonly record: RunRecord;
  readonly entries: readonly RunEntry[];
  /** The values that a further step would start from. */
  readonly next: Snapshot;
}

function planOf({ options, session, random, draft }: RunTask, ids: readonly number[]): GenerationPlan {
  const { modelHash: _hash, onEvent: _onEvent, seed: _seed, addSpecialTokens: _special, ...rest } = options;
  const cached = session.lengths[0]!;
  return planGeneration({
    ...rest,
    random,
    session,
    draft,
    prompt: ids.slice(cached),
    previousIds: ids.slice(0, cached),
  });
}

function segmentOf(plan: GenerationPlan, { options, kept, token, random }: RunTask): RunSegment {
  const { maxNewTokens, maxLength, endTokenInTop, skipSpecialTokens } = options;
  return {
    start: kept.length,
    ...(token !== undefined && { token }),
    processors: plan.processors.map(stageData),
    sampler: stageData(plan.sampler),
    random: random.state,
    ...(maxNewTokens !== undefined && { maxNewTokens }),
    ...(maxLength !== undefined && { maxLength }),
    ...(plan.minNewTokens > 0 && { minNewTokens: plan.minNewTokens }),
    endTokenIds: [...plan.endTokenIds],
    ...(plan.stopTokenIds.size > 0 && { stopTokenIds: [...plan.stopTokenIds] }),
    ...(plan.stopStrings.length > 0 && { stopStrings: plan.stopStrings }),
    ...(endTokenInTop !== undefined && { endTokenInTop }),
    ...(skipSpecialTokens !== undefined && { skipSpecialTokens }),
    ...(options.jumpForward !== undefined && { jumpForward: options.jumpForward }),
  };
}

/** The states before the first step of the task, and behind the id that is put there. */
function statesOf(task: RunTask, { processors, sampler }: GenerationPlan) {
  const { kept, token, samplerState } = task;
  const accept = (states: readonly unknown[], id: number, step: number) =>
    acceptStates(processors, states, id, { step, row: 0 });
  const before =
    task.processorStates ??
    kept.reduce((states, { id }, step) => accept(states, id, step), initialStates(processors));
  return {
    before,
    behind: token === undefined ? before : accept(before, token, kept.length),
    samplerState: samplerState ? samplerState.value : sampler.initialState?.(),
  };
}

/** An id that was put there, or that a grammar forced. */
const unchosen = (id: number, before: Snapshot): RunEntry => ({
  id,
  before,
  draw: null,
  step: null,
  logits: null,
  scores: null,
});

function entryOf(event: StepEvent, before: Snapshot): RunEntry {
  const { id, draw, logit, probability, score, share } = event;
  const { logits, scores } = event as Partial<Record<'logits' | 'scores', Float32Array>>;
  return {
    id,
    before,
    draw: draw ?? null,
    step: { logit, probability, score, share },
    logits: logits ? encodeRow(logits) : null,
    scores: scores ? encodeRow(scores) : null,
  };
}

function recordOf(
  task: RunTask,
  segment: RunSegment,
  entries: readonly RunEntry[],
  end: Pick<RunRecord, 'reason' | 'text'>,
): RunRecord {
  const { model, capture, modelHash } = task.options;
  const { backend, device, dtype } = model.describe();
  const rows = {
    ...(capture?.logits && { logits: entries.map(({ logits }) => logits) }),
    ...(capture?.scores && { scores: entries.map(({ scores }) => scores) }),
  };
  return {
    format: 'nexttoken-run-1',
    model: {
      id: model.modelId,
      vocabSize: model.vocabSize,
      ...(modelHash !== undefined && { hash: modelHash }),
      backend,
      device,
      dtype,
    },
    promptIds: task.promptIds,
    segments: [...task.segments, segment],
    ids: entries.map(({ id }) => id),
    draws: entries.map(({ draw }) => draw),
    steps: entries.map(({ step }) => step),
    ...end,
    ...((capture?.logits || capture?.scores) && { rows }),
  };
}

/**
 * Makes a run: the kept ids, the one that is put there, then the loop.
 * @throws NextTokenError what `generate` throws
 */
export async function executeRun(task: RunTask): Promise<ExecutedRun> {
  const { promptIds, kept, token, options, random } = task;
  const put = token === undefined ? [] : [token];
  const ids = [...promptIds, ...kept.map(({ id }) => id), ...put];
  const plain = planOf(task, ids);
  const { before, behind, samplerState } = statesOf(task, plain);
  const segment = segmentOf(plain, task);
  const first: Snapshot = { processorStates: before, samplerState, random: random.state };
  const entries = [...kept];
  if (token !== undefined) {
    entries.push(unchosen(token, first));
  }
  const snapshots: Snapshot[] = [];
  const resume = { promptLength: promptIds.length, processorStates: behind, samplerState };
  const plan: GenerationPlan = {
    ...plain,
    rows: [{ ...plain.rows[0]!, resume }],
    observe: (row) => {
      const { processorStates, samplerState: state } = row;
      snapshots.push({ processorStates, samplerState: state, random: row.random.state });
    },
  };
  let end: Pick<RunRecord, 'reason' | 'text'> | undefined;
  let chosen = 0;
  for await (const event of runPlan(plan)) {
    if (event.type === 'step') entries.push(entryOf(event, snapshots[chosen++]!));
    if (event.type === 'forced') {
      for (const id of event.ids) entries.push(unchosen(id, snapshots[chosen++]!));
    }
    if (event.type === 'finish') end = { reason: event.reason, text: event.text };
    options.onEvent?.(event);
  }
  return { record: recordOf(task, segment, entries, end!), entries, next: snapshots[chosen]! };
}
