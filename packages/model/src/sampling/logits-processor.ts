import type { ProcessorContext } from './processor-context';

/** What a processor needs beyond its own row; a loop that cannot give it refuses the processor. */
export interface ProcessorRequirements {
  readonly siblings?: boolean;
  readonly guidance?: boolean;
  /** A random source, for processors that toss (xtc). */
  readonly random?: boolean;
}

/**
 * Reshapes one row of scores in place. Processors are data with one method: `type` and `parameters`
 * describe them fully, so that they can be printed, drawn, sent and compiled. A chain is a processor too.
 */
export interface LogitsProcessor<State = unknown> {
  readonly kind: 'processor';
  /** The factory's name, e.g. `topP`. */
  readonly type: string;
  /** As checked by the factory; plain data, except for user functions. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly requires?: ProcessorRequirements;
  /** State is a value: the loop keeps one per row, forking a row copies the reference. */
  initialState?(): State;
  /** The state after `id` was chosen; never changes `state` itself. */
  accept?(state: State, id: number): State;
  /**
   * @param scores shape `[vocabSize]`, edited in place; a removed token is -Infinity
   * @param state what `initialState` or `accept` returned; `undefined` for a stateless processor
   */
  process(scores: Float32Array, context: ProcessorContext, state: State): void;
}
