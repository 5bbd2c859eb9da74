import {
  checkOptionNames,
  invalidParameter,
  NextTokenError,
  type Random,
  type Session,
} from '@nexttoken/model';
import { createRandom, restoreRandom } from '@nexttoken/numeric';
import type { Draft } from '../draft/draft';
import { type ExecutedRun, executeRun, type RunTask } from './execute-run';
import type { Run } from './run';
import type { RunChanges, RunOptions } from './run-options';

/** What a replay changes besides: it restores sources, and checks several recorded ids at a time. */
export interface InternalChanges extends RunChanges {
  readonly random?: Random | undefined;
  readonly draft?: Draft | undefined;
}

const changeNames: readonly string[] = Object.keys({
  step: 0,
  token: 0,
  processors: 0,
  sampler: 0,
  seed: 0,
  maxNewTokens: 0,
  signal: 0,
  onEvent: 0,
} satisfies Record<keyof RunChanges, 0>);

function check({ step, token }: RunChanges, count: number, vocabSize: number): void {
  if (!Number.isInteger(step) || step < 0 || step > count) {
    throw invalidParameter('fork', 'step', step, `an integer in [0, ${count}]`);
  }
  if (token === undefined || (Number.isInteger(token) && token >= 0 && token < vocabSize)) return;
  throw invalidParameter('fork', 'token', token, `an id in [0, ${vocabSize})`);
}

/** Makes a run in a session that becomes its own; an error disposes it. */
export async function createLiveRun(task: RunTask): Promise<LiveRun> {
  try {
    return new LiveRun(task, await executeRun(task));
  } catch (error) {
    await task.session.dispose();
    throw error;
  }
}

/** A run that was made, with its session. */
export class LiveRun implements Run {
  #session: Session | undefined;

  constructor(
    readonly task: RunTask,
    readonly executed: ExecutedRun,
  ) {
    this.#session = task.session;
  }

  get record() {
    return this.executed.record;
  }

  fork(changes: RunChanges): Promise<Run> {
    checkOptionNames('fork', changes, changeNames);
    return this.branch(changes);
  }

  async branch(changes: InternalChanges): Promise<LiveRun> {
    const { options, promptIds } = this.task;
    const { entries, next, record } = this.executed;
    const { step, token, seed, random, processors, sampler, maxNewTokens, signal, onEvent, draft } = changes;
    check(changes, entries.length, options.model.vocabSize);
    if (!this.#session) throw new NextTokenError('disposed', 'fork: the run was disposed');
    const changed: RunOptions = {
      ...options,
      ...(processors !== undefined && { processors }),
      ...(sampler !== undefined && { sampler }),
      ...(maxNewTokens !== undefined && { maxNewTokens }),
      signal,
      onEvent,
    };
    const before = entries[step]?.before ?? next;
    const source = random ?? (seed === undefined ? restoreRandom(before.random) : createRandom(seed));
    const session = await this.#session.fork();
    // The last id before the first choice is read again, for the logits behind it.
    const length = promptIds.length + step - (token === undefined ? 1 : 0);
    if (session.lengths[0]! > length) {
      try {
        await session.truncate([length]);
      } catch (error) {
        await session.dispose();
        throw error;
      }
    }
    return createLiveRun({
      options: changed,
      session,
      promptIds,
      kept: entries.slice(0, step),
      segments: record.segments.filter(({ start }) => start < step),
      token,
      processorStates: processors === undefined ? before.processorStates : undefined,
      samplerState: sampler === undefined ? { value: before.samplerState } : undefined,
      random: source,
      draft,
    });
  }

  async dispose(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.dispose();
  }
}
