import { setImmediate } from 'node:timers/promises';
import { type LanguageModel, NextTokenError } from '@nexttoken/model';
import { BatchRows } from './batch-rows';
import { type ForwardJob, isBegun, isDone, resultOf, unread } from './forward-job';
import { type BatchStep, planSteps, type StepLimits } from './plan-step';
import { runStep } from './run-step';
import type { SharedRow } from './shared-row';

/** A change of rows that has to be made before the next step. */
interface Change {
  readonly work: () => Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** What the batch has done so far. */
export interface BatchStatistics {
  /** Calls of the model. */
  readonly steps: number;
  /** Rows that took part in them, over all steps. */
  readonly rows: number;
  /** Positions that were read, over all steps. */
  readonly positions: number;
}

/** Rows that have to get a place. */
const joiningRows = (jobs: readonly ForwardJob[]): readonly { readonly row: SharedRow }[] =>
  jobs.flatMap((job) =>
    job.rows.filter((row, index) => row.position < 0 && unread(job, index) > 0).map((row) => ({ row })),
  );

/**
 * Many sessions, one running batch: what they ask for while a step runs is computed together in the next one. Rows
 * join and leave between steps; long prompts are read in pieces between the tokens of others.
 */
export class Batch {
  readonly #rows: BatchRows;
  readonly #limits: StepLimits;
  #jobs: ForwardJob[] = [];
  #changes: Change[] = [];
  #running: Promise<void> | undefined;
  #disposed = false;
  /** Rows could not be taken out: tried again with the next call, not before. */
  #isStuck = false;
  #statistics = { steps: 0, rows: 0, positions: 0 };

  constructor(
    readonly model: LanguageModel,
    stepPositions: number,
  ) {
    this.#rows = new BatchRows(model);
    const { truncate } = model.capabilities;
    // Without truncate a piece could not be taken back.
    const positions = truncate ? stepPositions : Number.POSITIVE_INFINITY;
    const affordable = Math.max(16, Math.floor(2 ** 24 / model.vocabSize));
    this.#limits = { positions, allPositions: Math.min(positions, truncate ? affordable : positions) };
  }

  get statistics(): BatchStatistics {
    return { ...this.#statistics };
  }

  /** Queues a forward; its promises settle when all its rows are read. */
  forward(job: ForwardJob): void {
    this.#jobs.push(job);
    this.#wake();
  }

  /** Gives `row` the contents of another one; both stay. */
  copy(pairs: readonly { readonly row: SharedRow; readonly copyOf: SharedRow }[]): Promise<void> {
    return this.#change(async () => {
      await this.#rows.arrange(pairs);
      for (const { row, copyOf } of pairs) row.length = copyOf.length;
    });
  }

  /** Cuts rows back. */
  truncate(lengths: ReadonlyMap<SharedRow, number>): Promise<void> {
    return this.#change(() => this.#rows.truncate(lengths));
  }

  /** Takes rows out before the next step. */
  leave(rows: readonly SharedRow[]): void {
    for (const row of rows) this.#rows.leave(row);
    this.#wake();
  }

  /** Waits until nothing runs. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Lets what runs come to its end, then frees everything. Idempotent. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.settled();
    await this.#rows.dispose();
  }

  #change(work: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#changes.push({ work, resolve, reject });
      this.#wake();
    });
  }

  #wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#hasWork()) this.#wake();
    });
  }

  #hasWork(): boolean {
    return (
      this.#jobs.length > 0 ||
      this.#changes.length > 0 ||
      (this.#rows.isDirty && !this.#disposed && !this.#isStuck)
    );
  }

  async #run(): Promise<void> {
    while (this.#hasWork()) {
      // Everybody who got an answer in the last step asks for the next one first.
      await setImmediate();
      for (const { work, resolve, reject } of this.#changes.splice(0)) await work().then(resolve, reject);
      await this.#stopAborted();
      // What is asked for from here on waits for the next step.
      const jobs = [...this.#jobs];
      try {
        await this.#rows.arrange(joiningRows(jobs));
        this.#isStuck = false;
      } catch (error) {
        this.#isStuck = true;
        this.#jobs = this.#jobs.filter((job) => !jobs.includes(job));
        for (const job of jobs) await this.#fail(job, error);
        continue;
      }
      for (const step of planSteps(jobs, this.#limits)) await this.#step(step);
      for (const job of this.#jobs.filter(isDone)) job.resolve(resultOf(job));
      this.#jobs = this.#jobs.filter((job) => !isDone(job));
    }
  }

  async #step(step: BatchStep): Promise<void> {
    try {
      await runStep(step, this.#rows);
    } catch (error) {
      await this.#isolate(step, error);
      return;
    }
    this.#statistics.steps++;
    this.#statistics.rows += step.pieces.length;
    for (const { job, tokens } of step.pieces) {
      this.#statistics.positions += tokens.length;
      this.#report(job);
    }
  }

  /** Where a shared step fails, each job is tried alone: only those that fail themselves end. */
  async #isolate({ pieces, allPositions }: BatchStep, error: unknown): Promise<void> {
    const jobs = [...new Set(pieces.map(({ job }) => job))];
    for (const job of jobs) {
      if (jobs.length > 1) {
        await this.#step({ pieces: pieces.filter((piece) => piece.job === job), allPositions });
      } else {
        this.#jobs = this.#jobs.filter((other) => other !== job);
        await this.#fail(job, error);
      }
    }
  }

  #report(job: ForwardJob): void {
    const { onProgress } = job.options;
    if (!onProgress) return;
    const done = job.read.reduce((sum, count) => sum + count, 0);
    const total = job.tokens.reduce((sum, { length }) => sum + length, 0);
    try {
      onProgress({ done, total });
    } catch (error) {
      this.#jobs = this.#jobs.filter((other) => other !== job);
      void this.#fail(job, error);
    }
  }

  /** Ends the jobs whose signal was aborted, as far as what they have read can be taken back. */
  async #stopAborted(): Promise<void> {
    const canStop = (job: ForwardJob): boolean =>
      job.options.signal?.aborted === true && (!isBegun(job) || this.model.capabilities.truncate);
    const stopped = this.#jobs.filter(canStop);
    this.#jobs = this.#jobs.filter((job) => !canStop(job));
    for (const job of stopped) await this.#fail(job, job.options.signal!.reason);
  }

  /** Takes back what a job has read, and rejects it. */
  async #fail(job: ForwardJob, error: unknown): Promise<void> {
    const lengths = new Map<SharedRow, number>();
    for (const [index, row] of job.rows.entries())
      if (job.read[index]! > 0) lengths.set(row, row.length - job.read[index]!);
    try {
      await this.#rows.truncate(lengths);
      job.reject(error);
    } catch (cause) {
      const message = 'the batch could not take back what a failed call had read';
      job.reject(new NextTokenError('backend-failed', message, {}, { cause }));
    }
  }
}
