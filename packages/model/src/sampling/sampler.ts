import type { Random } from '../random/random';

export interface SamplerContext {
  readonly random: Random;
  readonly row: number;
}

export interface SampleResult<State = unknown> {
  readonly id: number;
  /** The uniform number in [0, 1) that decided, where one did. */
  readonly draw?: number;
  /** The next state, for a sampler that has one. */
  readonly state?: State;
}

/** Chooses one id from processed scores. Choosing is another type than reshaping: it comes last. */
export interface Sampler<State = unknown> {
  readonly kind: 'sampler';
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  initialState?(): State;
  /**
   * @param scores shape `[vocabSize]`, not changed
   * @throws NextTokenError `no-candidates` when every score is -Infinity; `invalid-scores` on NaN
   */
  sample(scores: Float32Array, context: SamplerContext, state: State): SampleResult<State>;
}
