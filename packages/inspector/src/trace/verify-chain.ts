import { type ReplayOptions, replayRun } from '@nexttoken/generate';
import { NextTokenError, type StepEvent } from '@nexttoken/model';
import type { Trace, TraceDifference, TraceVerification } from './trace-data';
import { traceModel } from './trace-model';

/** The id where two rows differ most; `undefined` where every bit is the same. */
function largestDifference(a: Float32Array, b: Float32Array): number | undefined {
  let found: number | undefined;
  let most = 0;
  for (let id = 0; id < a.length; id++) {
    if (Object.is(a[id], b[id])) continue;
    const difference = Math.abs(a[id]! - b[id]!);
    if (found === undefined || difference > most) [found, most] = [id, difference];
  }
  return found;
}

function compareStep(event: StepEvent, { run, scoresOf }: Trace): TraceDifference | undefined {
  const { step, id, draw = null } = event;
  const expected = run.steps[step];
  const values = [
    { field: 'id', expected: run.ids[step], actual: id },
    { field: 'draw', expected: run.draws[step], actual: draw },
    ...(['logit', 'probability', 'score', 'share'] as const).map((field) => ({
      field,
      expected: expected?.[field],
      actual: event[field],
    })),
  ] as const;
  const different = values.find((value) => !Object.is(value.expected, value.actual));
  if (different) return { step, ...different };
  const recorded = scoresOf(step);
  const { scores } = event as Partial<Record<'scores', Float32Array>>;
  const at = recorded && scores ? largestDifference(recorded, scores) : undefined;
  if (at === undefined) return undefined;
  return { step, field: 'scores', id: at, expected: recorded![at], actual: scores![at] };
}

/** Ends that a replay cannot make by itself. */
const outerEnds: readonly string[] = ['aborted', 'max-time', 'stop-condition'];

/**
 * Replays chain and sampler on the recorded rows, to the bit.
 * @throws what the replay throws, other than typed errors: those are told as `skipped`
 */
export async function verifyChain(
  trace: Trace,
  options: Omit<ReplayOptions, 'model' | 'modelHash' | 'capture' | 'onEvent' | 'atOnce'>,
): Promise<TraceVerification['chain']> {
  const { run, blocks } = trace;
  if (!blocks.has('logits')) return { checked: 0, skipped: 'the trace has no whole rows of logits' };
  let checked = 0;
  let difference: TraceDifference | undefined;
  const stop = new AbortController();
  const { signal } = options;
  signal?.throwIfAborted();
  try {
    const replay = await replayRun(run, {
      ...options,
      model: traceModel(trace),
      capture: { scores: blocks.has('scores') },
      signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
      onEvent: (event) => {
        if (event.type !== 'step' || difference) return;
        difference = compareStep(event, trace);
        if (difference) stop.abort();
        else checked++;
      },
    });
    await replay.dispose();
    signal?.throwIfAborted();
    const { ids, reason } = replay.record;
    if (!difference && (ids.length !== run.ids.length || reason !== run.reason)) {
      difference = { step: ids.length, field: 'end', expected: run.reason, actual: reason };
    }
  } catch (error) {
    if (!NextTokenError.isInstance(error)) throw error;
    const beyond = error.details.capability === 'context' && error.details.step === run.ids.length;
    if (difference || (beyond && outerEnds.includes(run.reason))) return withDifference(checked, difference);
    if (!beyond) return { checked, skipped: error.message };
    difference = { step: run.ids.length, field: 'end', expected: run.reason, actual: 'it goes on' };
  }
  return withDifference(checked, difference);
}

const withDifference = (
  checked: number,
  difference: TraceDifference | undefined,
): TraceVerification['chain'] => ({
  checked,
  ...(difference && { firstDifference: difference }),
});
