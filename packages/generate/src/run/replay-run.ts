import {
  checkOptionNames,
  type LanguageModel,
  type LogitsProcessor,
  NextTokenError,
  type Sampler,
  type StepCapture,
  type Tokenizer,
} from '@nexttoken/model';
import { restoreRandom } from '@nexttoken/numeric';
import type { Draft } from '../draft/draft';
import type { LoopEvent } from '../loop/run-rows';
import type { StopCondition } from '../options/stop-condition';
import type { LiveRun } from './live-run';
import { readRun } from './read-run';
import type { Run } from './run';
import type { RunOptions } from './run-options';
import type { RunRecord, RunSegment } from './run-record';
import { restoreStage } from './stage-data';
import { beginRun } from './start-run';

/** What {@link replayRun} takes beside the record. */
export interface ReplayOptions {
  readonly model: LanguageModel;
  /** Needed where the run had stop strings, and for its text. */
  readonly tokenizer?: Tokenizer | undefined;
  /**
   * The processors of each segment, where they cannot be made from their data (functions, processors of one's
   * own). One list serves all segments.
   */
  // biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
  readonly processors?: readonly LogitsProcessor<any>[] | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly sampler?: Sampler<any> | undefined;
  /** The run's stop condition, which no data can hold. */
  readonly stopWhen?: StopCondition | undefined;
  /** Compared with the record's, where both are known. */
  readonly modelHash?: string | undefined;
  readonly capture?: StepCapture | undefined;
  /**
   * Reads the recorded ids several at a time, as a draft: the same choices in a fraction of the forwards, up to how
   * the backend rounds when it reads several positions at once. Default false: as the run was made.
   */
  readonly atOnce?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: LoopEvent) => void) | undefined;
}

const optionNames: readonly string[] = Object.keys({
  model: 0,
  tokenizer: 0,
  processors: 0,
  sampler: 0,
  stopWhen: 0,
  modelHash: 0,
  capture: 0,
  atOnce: 0,
  signal: 0,
  onEvent: 0,
} satisfies Record<keyof ReplayOptions, 0>);

function checkModel({ model }: RunRecord, options: ReplayOptions): void {
  const refuse = (field: string, expected: unknown, actual: unknown) =>
    new NextTokenError('invalid-run', `replayRun: the run was made with another ${field}`, {
      field,
      expected,
      actual,
    });
  if (model.vocabSize !== options.model.vocabSize) {
    throw refuse('model.vocabSize', model.vocabSize, options.model.vocabSize);
  }
  const { modelHash } = options;
  if (model.hash !== undefined && modelHash !== undefined && model.hash !== modelHash) {
    throw refuse('model.hash', model.hash, modelHash);
  }
}

/** Proposes what was recorded. */
function recordedDraft({ ids: recorded }: RunRecord): Draft {
  return {
    kind: 'draft',
    type: 'recorded',
    parameters: {},
    openRow: () => ({
      propose: async ({ ids, promptLength, count }) => {
        const step = ids.length - promptLength;
        return { ids: recorded.slice(step, step + Math.min(count, 31)) };
      },
      dispose: async () => undefined,
    }),
  };
}

function stagesOf({ processors, sampler }: RunSegment, options: ReplayOptions) {
  return {
    processors: options.processors ?? processors.map((stage) => restoreStage(stage) as LogitsProcessor),
    sampler: options.sampler ?? (restoreStage(sampler) as Sampler),
  };
}

function optionsOf(record: RunRecord, options: ReplayOptions): RunOptions {
  const { start: _start, token: _token, random, ...limits } = record.segments[0]!;
  const { model, tokenizer, stopWhen, modelHash, capture, signal, onEvent } = options;
  const { skipSpecialTokens, stopStrings, ...rest } = limits;
  return {
    ...rest,
    ...stagesOf(record.segments[0]!, options),
    ...(tokenizer && { stopStrings, skipSpecialTokens }),
    ...(!tokenizer && stopStrings && { stopStrings }),
    model,
    tokenizer,
    prompt: record.promptIds,
    random: restoreRandom(random),
    stopWhen,
    modelHash,
    capture,
    signal,
    onEvent,
  };
}

/**
 * Makes a recorded run again: its segments one after the other, with the recorded sources. Where the ids turn out
 * otherwise, it ends with that segment. See {@link verifyRun} for the comparison.
 *
 * @param saved a record, or the text it was saved as
 * @returns a run of its own, which can be forked
 * @throws NextTokenError `invalid-run` for what is no run, another vocabulary, another model hash, or a stage that
 *   cannot be made from its data; and what `generate` throws
 */
export async function replayRun(saved: RunRecord | string, options: ReplayOptions): Promise<Run> {
  checkOptionNames('replayRun', options, optionNames);
  const record = readRun(saved);
  checkModel(record, options);
  const { segments, ids } = record;
  const { signal, onEvent } = options;
  const draft = options.atOnce ? recordedDraft(record) : undefined;
  const limitOf = (index: number) => segments[index + 1]?.start ?? segments[index]!.maxNewTokens;
  // An id that was put at the very first step: a fork of a run that has chosen nothing.
  const putFirst = segments[0]!.token !== undefined;
  const maxNewTokens = putFirst ? 0 : limitOf(0);
  let run: LiveRun = await beginRun({ ...optionsOf(record, options), maxNewTokens }, draft);
  for (const [index, segment] of segments.entries()) {
    if (index === 0 && !putFirst) continue;
    const { start, token, random } = segment;
    const sameSoFar =
      run.record.ids.length >= start && ids.slice(0, start).every((id, i) => id === run.record.ids[i]);
    if (!sameSoFar) break;
    const last = run;
    try {
      run = await last.branch({
        step: start,
        token,
        ...stagesOf(segment, options),
        random: restoreRandom(random),
        maxNewTokens: limitOf(index),
        draft,
        signal,
        onEvent,
      });
    } finally {
      await last.dispose();
    }
  }
  return run;
}
