import type { Configuration } from '../automaton/configuration';

/** Where a text stands in its grammar: a value, shared by all rows that stand there. */
export interface GrammarState {
  readonly configuration: Configuration;
  /** Whether an end token was chosen. */
  readonly ended: boolean;
}
