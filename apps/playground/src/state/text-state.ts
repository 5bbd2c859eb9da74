/** A token that was taken, with what was known when it was. */
export interface TakenToken {
  readonly id: number;
  /** As people see it, e.g. `␣Paris`. */
  readonly token: string;
  /** Raw. */
  readonly logit: number;
  /** Under the raw logits. */
  readonly probability: number;
  /** After the processors; 0 when it was taken although it had been removed. */
  readonly share: number;
  readonly draw: number | undefined;
  /** By the sampler, or by hand out of the table. */
  readonly by: 'sampler' | 'hand';
  /** The raw row it was taken from, shape `[vocabSize]`. */
  readonly row: Float32Array;
}

/** A text: a prompt and the tokens taken since. Never changed: every action makes a new one. */
export interface TextState {
  readonly prompt: string;
  readonly promptIds: readonly number[];
  readonly taken: readonly TakenToken[];
}

/** All ids up to (not including) the taken token `position`; default: all of them. */
export function idsOf({ promptIds, taken }: TextState, position = taken.length): number[] {
  return [...promptIds, ...taken.slice(0, position).map(({ id }) => id)];
}

/** Surprisal in bits. */
export function surprisal({ probability }: TakenToken): number {
  return Math.max(0, -Math.log2(probability));
}
