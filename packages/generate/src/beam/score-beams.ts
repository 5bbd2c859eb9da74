import { type LogitsProcessor, NextTokenError } from '@nexttoken/model';
import { logSoftmax } from '@nexttoken/numeric';
import { atStep } from '../errors/at-step';
import { logTotal } from '../row/read-logits';
import type { Beam, BeamGroup, BeamItem } from './beam';
import type { BeamPlan } from './plan-beam-search';

/** What the beams of a group know of each other and of earlier groups. */
interface Siblings {
  readonly ids: readonly (readonly number[])[];
  readonly scores: readonly Float32Array[];
  readonly chosenThisStep: readonly number[];
}

function runStage(
  processor: LogitsProcessor,
  stage: number,
  beams: readonly Beam[],
  siblings: Siblings,
  item: BeamItem,
): void {
  const needsSiblings = processor.requires?.siblings;
  for (const [index, { ids, states, row }] of beams.entries()) {
    const context = {
      ids,
      promptLength: item.promptLength,
      row,
      batchItem: item.index,
      ...(needsSiblings && { siblings: { ...siblings, index } }),
      ...(item.random && { random: item.random }),
    };
    try {
      processor.process(siblings.scores[index]!, context, states[stage]);
    } catch (error) {
      const step = ids.length - item.promptLength;
      throw atStep(error, 'processor-failed', { processor: processor.type, step, row });
    }
  }
}

function checkScores(scores: Float32Array, step: number, row: number): void {
  for (let index = 0; index < scores.length; index++) {
    if (!Number.isNaN(scores[index])) continue;
    const message = `beamSearch: score ${index} of row ${row} is NaN behind the processors`;
    throw new NextTokenError('invalid-scores', message, { step, row, index });
  }
}

/**
 * The log-probabilities of each beam's next token behind the processors: `log_softmax(logits)`, then the
 * processors stage by stage over all beams of the group, not normalised again.
 *
 * @param rawOf the raw logits of a row of the session
 * @param scratch one row a beam, shape `[vocabSize]` each, which receive the scores
 * @throws NextTokenError `invalid-logits`, `invalid-scores`, `processor-failed` or a processor's own
 */
export function scoreBeams(
  group: BeamGroup,
  item: BeamItem,
  plan: BeamPlan,
  chosenThisStep: readonly number[],
  rawOf: (row: number) => Float32Array,
  scratch: readonly Float32Array[],
): readonly Float32Array[] {
  const { beams } = group;
  const step = beams[0]!.ids.length - item.promptLength;
  const scores = beams.map(({ row }, index) => {
    const raw = rawOf(row);
    const own = logSoftmax(raw, scratch[index]!);
    if (Number.isNaN(own[0])) logTotal(raw, step, row);
    if (step < plan.minNewTokens) for (const id of plan.endTokenIds) own[id] = Number.NEGATIVE_INFINITY;
    return own;
  });
  const siblings = { ids: beams.map(({ ids }) => ids), scores, chosenThisStep };
  for (const [stage, processor] of plan.processors.entries())
    runStage(processor, stage, beams, siblings, item);
  if (plan.processors.length > 0)
    for (const [index, own] of scores.entries()) checkScores(own, step, beams[index]!.row);
  return scores;
}
