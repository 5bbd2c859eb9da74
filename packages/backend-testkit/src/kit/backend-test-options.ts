import type { LanguageModel } from '@nexttoken/model';

/** The four functions of a test runner that the kit uses; vitest's and jest's fit as they are. */
export interface TestRunner {
  readonly describe: (name: string, define: () => void) => unknown;
  /** `run` may get the runner's own test context; where that has `skip(reason)`, the kit calls it. */
  readonly test: (name: string, run: (...context: unknown[]) => Promise<void>, timeout?: number) => unknown;
  readonly beforeAll: (run: () => Promise<void>, timeout?: number) => unknown;
  readonly afterAll: (run: () => Promise<void>, timeout?: number) => unknown;
}

/** What somebody else computed for a text: another engine, another language. */
export interface ReferenceAnswer {
  readonly ids: ArrayLike<number>;
  /** The raw logits: of the last position, `[vocabSize]`, or of all, `[ids.length, vocabSize]`. */
  readonly logits: ArrayLike<number>;
}

/** What turns the last hidden state into logits: `logits = weight · state + bias`. */
export interface OutputLayer {
  /** `[vocabSize, width]`, row-major. */
  readonly weight: ArrayLike<number>;
  /** `[vocabSize]`; default none. */
  readonly bias?: ArrayLike<number>;
}

/**
 * How a process ends while its model computes: it calls `process.exit(7)`, throws an error that nobody catches, gets
 * a signal that it does not handle, or gets one and then aborts, disposes and has nothing more to do.
 */
export type ProcessEnding = 'exit' | 'uncaught' | 'SIGINT' | 'SIGTERM' | 'handled-signal';

/** How it ended. */
export interface EndedProcess {
  readonly code: number | null;
  readonly signal: string | null;
  /** What it wrote, to stdout and stderr. */
  readonly output: string;
  /** Whether it did not end by itself and was killed. */
  readonly hung?: boolean;
}

/** What the adapter holds at this moment: a number, or numbers by kind, e.g. `{ sessions: 0, tensors: 12 }`. */
export type LiveHandles = number | Readonly<Record<string, number>>;

/** How one test ended. */
export interface TestReport {
  readonly suite: string;
  readonly test: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped, or the message of the failure. */
  readonly reason?: string;
  readonly milliseconds: number;
}

export interface BackendTestOptions {
  /** Of the backend, for the headings. */
  readonly name: string;
  readonly runner: TestRunner;
  /** Makes a fresh model each time it is called; the kit disposes it. Called up to four times. */
  readonly createModel: () => Promise<LanguageModel>;
  /** Ids to write the test texts with, at least two different ones; default: the whole vocabulary. */
  readonly prompt?: ArrayLike<number>;
  /** How far two ways to the same logits may differ; default 2e-4. 0 asks for equal bits. */
  readonly tolerance?: { readonly absolute: number };
  /** Answers of somebody else; compared with the same tolerance. */
  readonly reference?: readonly ReferenceAnswer[];
  /** For models with hidden states and a plain output layer: the kit checks that both give the logits. */
  readonly outputLayer?: OutputLayer | (() => OutputLayer | Promise<OutputLayer>);
  /**
   * Runs the model in a process of its own and ends that process in the middle of a `forward`:
   * `childProcess(script)` of `@nexttoken/backend-testkit/node`. Nothing to give in a page.
   */
  readonly childProcess?: (ending: ProcessEnding) => Promise<EndedProcess>;
  /** The adapter's own count of what it holds: the kit checks that it comes back. */
  readonly liveHandles?: () => LiveHandles | Promise<LiveHandles>;
  /** Names of the suites to run; default all of {@link suiteNames}. */
  readonly suites?: readonly string[];
  /** Milliseconds a test may take, handed to the runner; default 120,000. */
  readonly timeout?: number;
  /** Called after every test. */
  readonly report?: (report: TestReport) => void;
}
