import type { FinishEvent, PrefillEvent, StepCapture, StepEvent, TextEvent } from '@nexttoken/model';
import type { ChainTrace } from '@nexttoken/sampling';
import type { ConstraintDescription } from '../constraint/constraining-processor';

/** What each step of `generate` may carry; what is not asked for is neither made nor present in the types. */
export interface GenerateCapture extends StepCapture {
  /** What each processor did to the row, as `traceChain` tells it; what a grammar had to say. */
  readonly trace?: boolean;
}

/** What a grammar said about a step, before the token was chosen. */
export interface ConstraintTrace extends ConstraintDescription {
  /** The type of the processor, e.g. `jsonSchema`. */
  readonly processor: string;
  /**
   * How much probability the model's raw logits gave the allowed tokens: 1 where it would have kept to the grammar by
   * itself, near 0 where it was forced hard.
   */
  readonly allowedProbability: number;
}

/** What `trace: true` adds to a step. */
type Traced<Capture extends GenerateCapture> = Capture['trace'] extends true
  ? {
      /**
       * Stage by stage: tokens kept, mass removed, entropies, where it cut; for every token which stage removed it.
       * A stage's path begins with its index in `processors` (behind `object`, where that is given). End tokens that
       * `minNewTokens` keeps away come in removed.
       */
      readonly trace: ChainTrace;
      /** One entry a grammar among the processors, in their order; absent without one. */
      readonly constraints?: readonly ConstraintTrace[];
    }
  : unknown;

/** One token was chosen, with what was captured of the choice. */
export type GenerateStep<Capture extends GenerateCapture = GenerateCapture> = StepEvent<Capture> &
  Traced<Capture>;

/**
 * Tokens that had to follow were appended without a choice (jump-forward): no forward, no draw, no step event of their
 * own. They are among the `ids` of the finish event.
 */
export interface ForcedEvent {
  readonly type: 'forced';
  readonly row: number;
  /** What would have been the step of the first one. */
  readonly step: number;
  readonly ids: readonly number[];
}

/** A value of which the end may be missing. */
export type PartialValue<Value> = Value extends readonly (infer Entry)[]
  ? readonly PartialValue<Entry>[]
  : Value extends object
    ? { readonly [Key in keyof Value]?: PartialValue<Value[Key]> }
    : Value;

/** The value has grown. Not yet validated: texts may be incomplete, properties missing. */
export interface ObjectEvent<Value> {
  readonly type: 'object';
  readonly row: number;
  readonly object: PartialValue<Value>;
}

/**
 * What a row's text stands for. `complete`: the value, parsed and validated. `cut-short`: something else ended the text
 * first; the finish event's `reason` says what (a limit, a stop, the signal). `refused`: the text is what the grammar
 * asks for, and the schema's own validation throws `error`.
 */
export type ObjectEnd<Value> =
  | { readonly objectStatus: 'complete'; readonly object: Value }
  | { readonly objectStatus: 'cut-short'; readonly object?: undefined; readonly partial?: unknown }
  | {
      readonly objectStatus: 'refused';
      readonly object?: undefined;
      readonly partial?: unknown;
      readonly error: unknown;
    };

/** A row has ended; with `object`, what its text stands for. */
export type GenerateFinish<Value = never> = FinishEvent &
  ([Value] extends [never] ? unknown : ObjectEnd<Value>);

/** What `generate` reports; `Value` is what `object` asks for. */
export type GenerateEvent<Capture extends GenerateCapture = GenerateCapture, Value = never> =
  | PrefillEvent
  | GenerateStep<Capture>
  | TextEvent
  | ForcedEvent
  | ([Value] extends [never] ? never : ObjectEvent<Value>)
  | GenerateFinish<Value>;
