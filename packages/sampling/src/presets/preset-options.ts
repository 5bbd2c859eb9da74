/** Options that every preset has. One that is left out, or at its neutral value, leaves its stage out. */
export interface PresetOptions {
  /** > 0; neutral 1. */
  readonly temperature?: number;
  /** An integer >= 0; neutral 0. */
  readonly topK?: number;
  /** In [0, 1]; neutral 1. */
  readonly topP?: number;
  /** In [0, 1]; neutral 0. */
  readonly minP?: number;
  /** In (0, 1]; neutral 1. */
  readonly typicalP?: number;
  /** > 0; neutral 1. */
  readonly repetitionPenalty?: number;
  /** How many tokens the truncating stages keep at least; an integer >= 1, neutral 1. */
  readonly minTokensToKeep?: number;
}
