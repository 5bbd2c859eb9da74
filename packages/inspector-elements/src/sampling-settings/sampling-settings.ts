/** One processor of a chain as it stands in a panel: plain JSON. */
export interface StageSettings {
  /** The factory's name, e.g. `topP`. */
  readonly type: string;
  /** As the factory's own `parameters`: what `fromData` of `@nexttoken/sampling` reads. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether it runs. One that is off keeps its place and its value. */
  readonly enabled: boolean;
}

/** Beam search in place of drawing one token after the other. */
export interface BeamSettings {
  /** An integer >= 2. */
  readonly beams: number;
  /** Divides `beams`; 1 is plain beam search. */
  readonly groups: number;
  /** >= 0; only with several groups. */
  readonly diversityPenalty: number;
  /** 0 ranks by the sum, 1 by the mean a token. */
  readonly lengthPenalty: number;
}

/** How the next token is chosen, as plain JSON: for links, files and other threads. */
export interface SamplingSettings {
  /** In the order in which they run. */
  readonly stages: readonly StageSettings[];
  readonly sampler: { readonly type: string; readonly parameters: Readonly<Record<string, unknown>> };
  /** An integer from 0 to 2^53 - 1. */
  readonly seed: number;
  /** Present when beams are searched; the sampler then rests. */
  readonly beam?: BeamSettings | undefined;
}
