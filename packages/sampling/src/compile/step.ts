import type { CandidateList } from './candidate-list';
import type { Stage } from './stages-of';

/** Division by a number: put off until somebody needs the scores. */
interface TemperatureStep extends Stage {
  readonly kind: 'temperature';
  /** A float32 number > 0 other than 1. */
  readonly divisor: number;
}

/** A stage that removes tokens and leaves the scores of all others alone. Where it returns false, the stage itself runs. */
export interface CutStep extends Stage {
  readonly kind: 'cut';
  /** From a row (never written to) whose scores are still to be divided, to a list of survivors. */
  select(row: Float32Array, divisor: number, list: CandidateList): boolean;
  /**
   * The same where stages are still to run that raise no score: `lower` runs them on a list, and says whether it did.
   * Absent for a cut that has no use for it.
   */
  selectLowered?(
    row: Float32Array,
    divisor: number,
    list: CandidateList,
    lower: (list: CandidateList) => boolean,
  ): boolean;
  /** From a list to a shorter one; the list is as it was where this returns false. */
  narrow(list: CandidateList): boolean;
}

/** A stage to which removed tokens are as good as absent: it may run on the survivors alone. */
interface OrderedStep extends Stage {
  readonly kind: 'ordered';
}

/**
 * A stage that reads and changes the scores of the context's ids alone, and to which an id is but a name: it may run
 * on a list, with the ids renamed.
 */
interface LookingBackStep extends Stage {
  readonly kind: 'looking-back';
  /** Whether it raises no score: it may then run behind a selection, on what that has found. */
  readonly onlyLowers: boolean;
}

/** Any other stage: it runs as it is, on the whole row. */
interface PlainStep extends Stage {
  readonly kind: 'plain';
}

export type Step = TemperatureStep | CutStep | OrderedStep | LookingBackStep | PlainStep;
