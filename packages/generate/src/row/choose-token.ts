import { type Logits, NextTokenError, type StepEvent } from '@nexttoken/model';
import { logSumExp } from '@nexttoken/numeric';
import type { GenerationPlan } from '../options/plan-generation';
import type { Row } from './row';

/**
 * One step of one row: raw logits → copy → processors → sampler. The raw row is only read; `scratch`
 * (shape `[vocabSize]`) receives the scores. Without processors the scores are the logits, nothing is copied.
 *
 * Cost: two log-sum-exps over the vocabulary (one without processors), the processors and the sampler.
 *
 * @throws NextTokenError `no-candidates`, `invalid-scores` (the sampler's); `invalid-token-id` when a
 *   sampler chooses what is not in the row
 */
export function chooseToken(
  logits: Logits,
  row: Row,
  plan: GenerationPlan,
  scratch: Float32Array,
): StepEvent {
  const raw = logits.data;
  const { processors, sampler, capture } = plan;
  const scores = processors.length > 0 ? scratch : raw;
  if (scores !== raw) scores.set(raw);
  const context = { ids: row.ids, promptLength: row.promptLength, row: row.index, batchItem: row.index };
  for (const [stage, processor] of processors.entries()) {
    processor.process(scores, context, row.processorStates[stage]);
  }

  const result = sampler.sample(scores, { random: plan.random, row: row.index }, row.samplerState);
  const { id, draw } = result;
  if (!Number.isInteger(id) || id < 0 || id >= raw.length) {
    throw new NextTokenError('invalid-token-id', `generate: the sampler "${sampler.type}" chose ${id}`, {
      id,
      vocabSize: raw.length,
      sampler: sampler.type,
    });
  }
  if ('state' in result) row.samplerState = result.state;

  const logit = raw[id]!;
  const score = scores[id]!;
  const probability = Math.exp(logit - logSumExp(raw));
  return {
    type: 'step',
    row: row.index,
    step: row.ids.length - row.promptLength,
    id,
    logit,
    probability,
    score,
    share: scores === raw ? probability : Math.exp(score - logSumExp(scores)),
    ...(draw !== undefined && { draw }),
    ...(capture.logits && { logits: raw.slice() }),
    ...(capture.scores && { scores: scores.slice() }),
  };
}
