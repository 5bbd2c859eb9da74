import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { logSumExp } from '@nexttoken/numeric';
import { categorical } from '@nexttoken/sampling';
import { probabilityOf } from '../distribution/probability-of';
import { checkRow } from '../next-token/check-row';
import { traceRow } from '../next-token/trace-row';
import { displayToken } from '../token/display-token';
import type { CounterfactualOptions, DrawnToken } from './counterfactual-data';
import { fixedDraw } from './fixed-draw';

const owner = 'drawToken';
const optionNames: readonly string[] = Object.keys({
  draw: 0,
  processors: 0,
  sampler: 0,
  context: 0,
  tokenizer: 0,
} satisfies Record<keyof CounterfactualOptions, 0>);

/** The draws that pick an id by inverting the cumulative distribution, ids in ascending order. */
function intervalOf(scores: Float32Array, id: number, logTotal: number): readonly [number, number] {
  let low = 0;
  for (let other = 0; other < id; other++) low += Math.exp(scores[other]! - logTotal);
  return [low, low + Math.exp(scores[id]! - logTotal)];
}

/**
 * Which token a given luck picks from a row under given settings: hold `draw` and change the rest.
 *
 * With `categorical` the draw is a place in the cumulative distribution; with `gumbelMax` it decides the noise of every
 * token, so that settings which do not touch a token rarely change the pick. A sampler with a state starts from its first.
 * A processor that tosses (xtc) tosses with what `context.random` gives.
 *
 * @param logits one raw row, shape `[vocabSize]`, not changed
 * @throws NextTokenError `invalid-parameter` for a draw outside [0, 1); what the row, processors and sampler throw
 *
 * Cost: the processors, and a few passes over the vocabulary.
 */
export function drawToken(logits: Float32Array, options: CounterfactualOptions): DrawnToken {
  checkOptionNames(owner, options, optionNames);
  const { draw, processors = [], sampler = categorical(), context, tokenizer } = options;
  if (!(draw >= 0 && draw < 1)) throw invalidParameter(owner, 'draw', draw, 'a number in [0, 1)');
  checkRow(owner, logits);
  const { scores } = traceRow(logits, processors, context);
  const row = context?.row ?? 0;
  const { id } = sampler.sample(scores, { random: fixedDraw(draw), row }, sampler.initialState?.());
  const logTotal = logSumExp(scores);
  return {
    id,
    token: displayToken(tokenizer, id),
    share: Math.exp(scores[id]! - logTotal),
    probability: probabilityOf(logits, id),
    draw,
    ...(sampler.type === 'categorical' && { interval: intervalOf(scores, id, logTotal) }),
  };
}
