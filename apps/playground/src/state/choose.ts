import type { ProcessorContext, SampleResult } from '@nexttoken/model';
import { createRandom, logSumExp } from '@nexttoken/numeric';
import { categorical, greedy } from '@nexttoken/sampling';
import { compiledProcessorsOf, type Settings } from './settings';

export interface Choice {
  readonly id: number;
  /** The uniform number that decided; absent when greedy. */
  readonly draw: number | undefined;
  /** Shape `[vocabSize]`. */
  readonly scores: Float32Array;
  /** Probability under the raw logits. */
  readonly probability: number;
  /** Probability after the processors. */
  readonly share: number;
}

const samplers = { draw: categorical(), greedy: greedy() };

/** The source as it is after `step` draws: the same seed gives the same luck at the same step, whatever came before. */
function randomAt(seed: number, step: number) {
  const random = createRandom(seed);
  for (let i = 0; i < step; i++) random.next();
  return random;
}

/**
 * What would be taken from this row now.
 * @throws NextTokenError `no-candidates`, `invalid-scores`
 */
export function choose(row: Float32Array, settings: Settings, context: ProcessorContext): Choice {
  const processors = compiledProcessorsOf(settings);
  const scores = row.slice();
  let state = processors.initialState();
  for (let index = context.promptLength; index < context.ids.length; index++)
    state = processors.accept(state, context.ids[index]!);
  processors.process(scores, context, state);
  const random = randomAt(settings.seed, context.ids.length - context.promptLength);
  const { id, draw }: SampleResult = samplers[settings.sampler].sample(scores, { random, row: 0 }, undefined);
  return {
    id,
    draw,
    scores,
    probability: Math.exp(row[id]! - logSumExp(row)),
    share: Math.exp(scores[id]! - logSumExp(scores)),
  };
}
