import { capturesOf, type ForwardJob, unread } from './forward-job';

/** The next ids of one row of one job. */
export interface StepPiece {
  readonly job: ForwardJob;
  readonly row: number;
  readonly tokens: Int32Array;
}

/** One call of the session: pieces of jobs that want the same of it. */
export interface BatchStep {
  readonly pieces: readonly StepPiece[];
  readonly allPositions: boolean;
}

export interface StepLimits {
  /** The most positions a step reads beside rows with a single id; `Infinity`: prompts are read in one piece. */
  readonly positions: number;
  /** As `positions`, where the logits of every position are wanted. */
  readonly allPositions: number;
}

/** The pieces of some jobs: single ids first, so that texts in progress never wait for long prompts. */
function piecesOf(jobs: readonly ForwardJob[], positions: number): StepPiece[] {
  const pieces: StepPiece[] = [];
  let room = positions;
  const add = (job: ForwardJob, row: number, count: number): void => {
    const begin = job.read[row]!;
    pieces.push({ job, row, tokens: job.tokens[row]!.subarray(begin, begin + count) });
  };
  for (const job of jobs)
    for (const row of job.rows.keys()) {
      if (unread(job, row) === 1) add(job, row, 1);
    }
  for (const job of jobs)
    for (const row of job.rows.keys()) {
      const count = Math.min(unread(job, row), room);
      if (count < 1 || unread(job, row) === 1) continue;
      add(job, row, count);
      room -= count;
    }
  return pieces;
}

/**
 * What the batch computes next. All jobs that want the last logits share one call; so do those that want all of
 * them; a job that captures is alone, in one piece.
 */
export function planSteps(jobs: readonly ForwardJob[], limits: StepLimits): BatchStep[] {
  const plain = jobs.filter((job) => !capturesOf(job));
  const steps = [
    {
      pieces: piecesOf(
        plain.filter(({ request }) => request !== 'all'),
        limits.positions,
      ),
      allPositions: false,
    },
    {
      pieces: piecesOf(
        plain.filter(({ request }) => request === 'all'),
        limits.allPositions,
      ),
      allPositions: true,
    },
    ...jobs.filter(capturesOf).map((job) => ({
      pieces: piecesOf([job], Number.POSITIVE_INFINITY),
      allPositions: job.request === 'all',
    })),
  ];
  return steps.filter(({ pieces }) => pieces.length > 0);
}
