import type { Kit } from './kit';

/** What a test cannot do without. */
export interface Needs {
  readonly allPositions?: true;
  readonly hiddenStates?: true;
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
}

export interface SuiteTest {
  readonly name: string;
  readonly needs?: Needs;
  readonly run: (kit: Kit) => Promise<void>;
}

/** The tests of one capability, as data. */
export interface Suite {
  readonly name: string;
  readonly tests: readonly SuiteTest[];
}
