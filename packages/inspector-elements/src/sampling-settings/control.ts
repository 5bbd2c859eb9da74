/** One parameter of a processor or sampler, as a person sets it. */
export type Control =
  | NumberControl
  | { readonly kind: 'flag'; readonly name: string; readonly label: string; readonly initial: boolean }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly values: readonly string[];
      readonly initial: string;
    }
  /** Token ids, sequences of them, or pairs of either with a number, written as text. */
  | {
      readonly kind: 'ids' | 'sequences' | 'biases' | 'sequence-biases';
      readonly name: string;
      readonly label: string;
    };

export interface NumberControl {
  readonly kind: 'number';
  /** The parameter's name. */
  readonly name: string;
  readonly label: string;
  /** The slider's places, from left to right. */
  readonly values: readonly number[];
  /** What it starts with. */
  readonly initial: number;
  /** The value at which the processor changes nothing; absent where there is none. */
  readonly neutral?: number;
  /** Decimals shown. */
  readonly digits: number;
  /** Whether the parameter may be left out: its first place then stands for "all". */
  readonly optional?: true;
}

/** What a processor is, and how it is set. */
export interface StageControl {
  readonly type: string;
  /** As people write it, e.g. `top-p`. */
  readonly label: string;
  /** One sentence. */
  readonly help: string;
  /** The effect in one line. */
  readonly formula: string;
  readonly group: 'remove' | 'reshape' | 'repetition' | 'steer';
  /** The first is the one with the slider of its own; the others are details. */
  readonly controls: readonly Control[];
  /** What the row's surroundings must offer, beyond a row and its ids. */
  readonly requires?: 'guidance' | 'siblings' | 'random' | 'function';
}
