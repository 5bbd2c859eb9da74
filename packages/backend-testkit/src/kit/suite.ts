import type { SuiteOf, TestOf } from './define-suites';
import type { Kit } from './kit';

/** What a test cannot do without. */
export interface Needs {
  readonly allPositions?: true;
  readonly hiddenStates?: true;
  readonly attention?: true;
  readonly topLogits?: true;
  readonly select?: true;
  readonly truncate?: true;
  readonly fork?: true;
  /** Rows in one session. */
  readonly rows?: number;
  /** A declared limit of rows. */
  readonly limitedRows?: true;
  /** Positions in one row; default 16. */
  readonly context?: number;
  /** A context that can be filled in reasonable time. */
  readonly contextAtMost?: number;
  /** The adapter's count of live handles. */
  readonly liveHandles?: true;
  /** Answers of somebody else. */
  readonly reference?: true;
  /** What turns the last hidden state into logits. */
  readonly outputLayer?: true;
  /** A way to run the model in a process of its own. */
  readonly childProcess?: true;
}

/** A promise of the `LanguageModel` contract. */
export type SuiteTest = TestOf<Kit, Needs>;

/** The tests of one capability of language models, as data. */
export type Suite = SuiteOf<Kit, Needs>;
