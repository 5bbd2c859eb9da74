import type { LogitsProcessor } from '@nexttoken/model';

/** What a constraint says about the next token, for people. */
export interface ConstraintDescription {
  /** The rules that are being read, each path from the outermost to the innermost. */
  readonly rules: readonly (readonly string[])[];
  /** How many tokens are allowed. */
  readonly allowed: number;
  /** Whether the text may end here. */
  readonly mayEnd: boolean;
  /** Whether nothing may follow any more. */
  readonly isComplete: boolean;
  /** The text that has to follow; empty where there is a choice. */
  readonly forcedText: string;
}

/**
 * A processor that knows which texts are legal: a grammar. `@nexttoken/grammar` makes them; anything of this shape is
 * one.
 */
export interface ConstrainingProcessor<State = unknown> extends LogitsProcessor<State> {
  initialState(): State;
  accept(state: State, id: number): State;
  readonly constraint: {
    readonly endTokenIds: readonly number[];
    isComplete(state: State): boolean;
    /** The ids that have to follow, as the tokenizer cuts them; often none. `ids`: the row so far, prompt included. */
    forced(state: State, ids: ArrayLike<number>): readonly number[];
    describe(state: State): ConstraintDescription;
    /** How much probability raw logits give the allowed tokens. */
    allowedProbability(state: State, logits: Float32Array): number;
  };
}

/** A constraint whose texts are JSON, with the value that they stand for. */
export interface ObjectProcessor<Value = unknown, State = unknown> extends ConstrainingProcessor<State> {
  readonly output: {
    /** The value of a complete text; throws where the schema's own validation refuses it. */
    parse(text: string): Value | Promise<Value>;
  };
}
