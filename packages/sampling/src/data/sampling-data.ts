/** Version of the format. */
export const samplingDataSpecification = 'nexttoken-sampling-1';

/** One processor or sampler as plain JSON: what {@link toData} writes and {@link fromData} reads. */
export interface SamplingData<Kind extends 'processor' | 'sampler' = 'processor' | 'sampler'> {
  readonly specification: typeof samplingDataSpecification;
  readonly kind: Kind;
  /** The factory's name, e.g. `topP`. */
  readonly type: string;
  /**
   * As checked by the factory. Numbers that JSON does not have are `{ "$number": "-Infinity" }` (also
   * `Infinity`, `NaN`, `-0`); a part of a chain is `{ kind, type, parameters }`.
   */
  readonly parameters: Readonly<Record<string, unknown>>;
}
