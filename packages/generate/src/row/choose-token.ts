import { NextTokenError, type ProcessorContext, type SampleResult, type StepEvent } from '@nexttoken/model';
import { type ChainTrace, greedy } from '@nexttoken/sampling';
import { constraintsOf } from '../constraint/constraints-of';
import { takeForced } from '../constraint/take-forced';
import { verifyDrawn } from '../draft/verify-drawn';
import { atStep } from '../errors/at-step';
import type { ConstraintTrace } from '../events/generate-event';
import type { GenerationPlan } from '../options/plan-generation';
import { type LogitsSummary, logSum, logTotal, summarizeLogits } from './read-logits';
import type { Row } from './row';

/** A token that a draft proposes for this step. */
export interface ProposedToken {
  readonly id: number;
  /** What it was drawn from, where it was drawn. */
  readonly scores: Float32Array | undefined;
}

/** Rows of raw logits behind the row's last id, each of shape `[vocabSize]`; they are only read. */
export interface RawRows {
  readonly logits: Float32Array;
  readonly guidance: Float32Array | undefined;
}

function sample(
  scores: Float32Array,
  row: Row,
  { sampler }: GenerationPlan,
  proposal: ProposedToken | undefined,
): SampleResult {
  const where = { sampler: sampler.type, step: row.ids.length - row.promptLength, row: row.index };
  let result: SampleResult;
  try {
    result = proposal?.scores
      ? verifyDrawn(scores, proposal.id, proposal.scores, row.random)
      : sampler.sample(scores, { random: row.random, row: row.index }, row.samplerState);
  } catch (error) {
    throw atStep(error, 'sampler-failed', where);
  }
  const { id } = result;
  if (Number.isInteger(id) && id >= 0 && id < scores.length) return result;
  throw new NextTokenError('invalid-token-id', `generate: the sampler "${sampler.type}" chose ${id}`, {
    id,
    vocabSize: scores.length,
    ...where,
  });
}

const { sample: sampleHighest } = /* @__PURE__ */ greedy();

/** What the sampler `greedy` chooses from a raw row, whose maximum is known already; undefined for other samplers. */
function highest({ largest, argmax }: LogitsSummary, { sampler }: GenerationPlan): SampleResult | undefined {
  if (sampler.sample !== sampleHighest || largest === Number.NEGATIVE_INFINITY) return undefined;
  return { id: argmax };
}

interface RowScores {
  readonly scores: Float32Array;
  readonly trace?: ChainTrace;
}

const contextOf = (row: Row, { guidance }: RawRows): ProcessorContext => ({
  ids: row.ids,
  promptLength: row.promptLength,
  row: row.index,
  batchItem: row.batchItem,
  random: row.random,
  ...(guidance && { guidance }),
});

/** The row's scores: its logits, through the processors. Without any they are the logits, and nothing is copied. */
export function scoresOf(raw: RawRows, row: Row, plan: GenerationPlan, scratch: Float32Array): RowScores {
  const { processors, compiled, minNewTokens, endTokenIds, capture } = plan;
  const endIsEarly = row.ids.length - row.promptLength < minNewTokens;
  const copies = processors.length > 0 || endIsEarly;
  if (copies) scratch.set(raw.logits);
  if (endIsEarly) for (const id of endTokenIds) scratch[id] = Number.NEGATIVE_INFINITY;
  const scores = copies ? scratch : raw.logits;
  if (capture.trace) {
    const trace = compiled.trace(scores, contextOf(row, raw), row.processorStates);
    return { scores: trace.scores, trace };
  }
  if (processors.length > 0) compiled.process(scores, contextOf(row, raw), row.processorStates);
  return { scores };
}

/** The row's scores where a grammar forces the id: 0 for it, nothing else is left. Processors run for a trace alone. */
function forcedScores(
  id: number,
  raw: RawRows,
  row: Row,
  plan: GenerationPlan,
  scratch: Float32Array,
): RowScores {
  // A fork far from all others: what processors draw for a trace is not taken from the row.
  const traced = plan.capture.trace && { ...row, random: row.random.fork(2 ** 52 + 1) };
  const trace = traced && scoresOf(raw, traced, plan, scratch).trace;
  scratch.fill(Number.NEGATIVE_INFINITY);
  scratch[id] = 0;
  return { scores: scratch, ...(trace && { trace }) };
}

/** What the grammars said before the choice. */
const traceConstraints = (
  { processors }: GenerationPlan,
  logits: Float32Array,
  states: readonly unknown[],
): readonly ConstraintTrace[] =>
  constraintsOf(processors, states).map(({ processor: { type, constraint }, state }) => ({
    ...constraint.describe(state),
    processor: type,
    allowedProbability: constraint.allowedProbability(state, logits),
  }));

/**
 * One step of one row: raw logits → copy → processors → sampler. The raw row is only read; `scratch`
 * (shape `[vocabSize]`) receives the scores. Where a grammar forces the id, neither processors nor sampler are asked.
 *
 * Cost: two log-sum-exps over the vocabulary (one without processors), the processors and the sampler.
 *
 * @param proposal what a draft proposes: the id is it or another one, the distribution stays the sampler's
 * @throws NextTokenError `invalid-logits`; `processor-failed`, `sampler-failed`, or the part's own code, with step
 *   and row; `invalid-token-id` when a sampler chooses what is not in the row
 */
export function chooseToken(
  raw: RawRows,
  row: Row,
  plan: GenerationPlan,
  scratch: Float32Array,
  proposal?: ProposedToken,
): StepEvent {
  const { capture } = plan;
  const { logits } = raw;
  const step = row.ids.length - row.promptLength;
  const summary = summarizeLogits(logits, step, row.index);
  if (raw.guidance) logTotal(raw.guidance, step, row.index);
  const forced = takeForced(row, plan);
  const { scores, trace } =
    forced === undefined ? scoresOf(raw, row, plan, scratch) : forcedScores(forced, raw, row, plan, scratch);
  const isRaw = scores === logits && !proposal?.scores;
  const result: SampleResult =
    forced === undefined
      ? (isRaw && highest(summary, plan)) || sample(scores, row, plan, proposal)
      : { id: forced };
  const { id, draw } = result;
  if ('state' in result) row.samplerState = result.state;

  const logit = logits[id]!;
  const score = scores[id]!;
  const probability = Math.exp(logit - summary.total);
  return {
    type: 'step',
    row: row.index,
    step,
    id,
    logit,
    probability,
    score,
    share: scores === logits ? probability : Math.exp(score - logSum(scores)),
    ...(draw !== undefined && { draw }),
    ...(proposal && { drafted: { id: proposal.id, accepted: id === proposal.id } }),
    ...(capture.logits && { logits: logits.slice() }),
    ...(capture.scores && { scores: scores.slice() }),
    ...(trace && { trace }),
    ...(trace && plan.constrained && { constraints: traceConstraints(plan, logits, row.processorStates) }),
  };
}
