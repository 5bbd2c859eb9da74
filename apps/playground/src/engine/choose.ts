import type { ProcessorContext, Random } from '@nexttoken/model';
import { createRandom, softmax } from '@nexttoken/numeric';
import { chosenChain } from './chosen-chain';
import type { ReadyChoosing } from './constraint/make-constraint';
import type { Choosing, TextPosition } from './protocol';

export interface ChosenToken {
  readonly id: number;
  readonly draw: number | undefined;
  /** Shape `[vocabSize]`. */
  readonly scores: Float32Array;
  /** Its probability behind the processors. */
  readonly share: number;
}

/** What a step inherits from the steps before it. */
export interface StepMemory {
  /** As it is before this step's first draw; a copy is the caller's. */
  readonly random: Random;
  readonly state: unknown;
}

/** The source as it is after `step` draws: the same seed gives the same luck at the same step, whatever came before. */
export function randomAt(seed: number, step: number): Random {
  const random = createRandom(seed);
  for (let i = 0; i < step; i++) random.next();
  return random;
}

/** The memory of a step whose settings remember nothing. */
export function freshMemory({ settings }: Choosing, { ids, promptLength }: StepPosition): StepMemory {
  return { random: randomAt(settings.seed, ids.length - promptLength), state: undefined };
}

export type StepPosition = Omit<TextPosition, 'model'>;

export function contextOf({ ids, promptLength }: StepPosition): ProcessorContext {
  return { ids, promptLength, row: 0, batchItem: 0 };
}

/**
 * What would be taken from this row now, and what the next step inherits.
 * @param memory its source is drawn from
 * @throws NextTokenError `no-candidates`, `invalid-scores`, and for illegal settings
 */
export function choose(
  row: Float32Array,
  choosing: ReadyChoosing,
  position: StepPosition,
  memory = freshMemory(choosing, position),
): ChosenToken & { readonly next: StepMemory } {
  const { compiled, sampler } = chosenChain(choosing);
  const { ids, promptLength } = position;
  const { random } = memory;
  const scores = row.slice();
  let state = compiled.initialState();
  for (let index = promptLength; index < ids.length; index++) state = compiled.accept(state, ids[index]!);
  compiled.process(scores, { ...contextOf(position), random }, state);
  const samplerState = memory.state ?? sampler.initialState?.();
  const { id, draw, state: next } = sampler.sample(scores, { random, row: 0 }, samplerState);
  return {
    id,
    draw,
    scores,
    share: softmax(scores)[id]!,
    next: { random, state: next ?? samplerState },
  };
}
