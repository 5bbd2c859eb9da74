import { readRun } from './read-run';
import { type ReplayOptions, replayRun } from './replay-run';
import type { RunRecord } from './run-record';

export interface RunVerification {
  /** Whether the ids are the recorded ones, all of them. */
  readonly same: boolean;
  /** The first step with another id, or where one text ends; absent when they are the same. */
  readonly firstDifference?: number;
  readonly ids: readonly number[];
  /** The greatest difference of a chosen id's raw probability, over the steps before the first difference. */
  readonly largestProbabilityDifference: number;
}

/**
 * Replays a run and compares: are the ids the same?
 * @param saved a record, or the text it was saved as
 * @throws NextTokenError what {@link replayRun} throws
 */
export async function verifyRun(saved: RunRecord | string, options: ReplayOptions): Promise<RunVerification> {
  const recorded = readRun(saved);
  const run = await replayRun(recorded, options);
  await run.dispose();
  const { ids, steps } = run.record;
  const length = Math.max(ids.length, recorded.ids.length);
  let difference = 0;
  while (difference < length && ids[difference] === recorded.ids[difference]) difference++;
  const differences = recorded.steps.slice(0, difference).map((step, index) => {
    const own = steps[index];
    return step && own ? Math.abs(step.probability - own.probability) : 0;
  });
  return {
    same: difference === length,
    ...(difference < length && { firstDifference: difference }),
    ids,
    largestProbabilityDifference: Math.max(0, ...differences),
  };
}
