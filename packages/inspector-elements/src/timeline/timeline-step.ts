/** One step of a run as the timeline draws it. */
export interface TimelineStep {
  /** As people see it. */
  readonly token: string;
  /** Bits. */
  readonly surprisal?: number | undefined;
  /** Bits. */
  readonly entropy?: number | undefined;
  readonly milliseconds?: number | undefined;
  /** Chips above the step, e.g. `fork`, `diverges`. */
  readonly marks?: readonly string[] | undefined;
}
