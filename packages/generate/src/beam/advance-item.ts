import { type FinishReason, NextTokenError } from '@nexttoken/model';
import { atStep } from '../errors/at-step';
import { acceptStates } from '../row/accept-states';
import { createTextWriter } from '../text/text-writer';
import type { Beam, BeamGroup, BeamItem } from './beam';
import type { BeamCandidate, BeamStepEvent } from './beam-events';
import { diversityOf } from './diversity-of';
import { bestCandidates, drawCandidates, type RawCandidate } from './find-candidates';
import type { HitCandidate, JudgeInput, Judgement } from './judge';
import { judgeBeams } from './judge-beams';
import { judgeGroup } from './judge-group';
import type { BeamPlan } from './plan-beam-search';
import { scoreBeams } from './score-beams';

/** What a step works with. */
export interface BeamStep {
  readonly plan: BeamPlan;
  readonly rawOf: (row: number) => Float32Array;
  readonly scratch: readonly Float32Array[];
  /** Whether the time is over. */
  readonly late: boolean;
}

/** New tokens that a text can have at most: a full cache still lets one be chosen. */
function longestOf({ maxNewTokens, maxLength, model }: BeamPlan, promptLength: number): number {
  return Math.min(maxNewTokens, Math.min(maxLength, model.capabilities.contextLength + 1) - promptLength);
}

function limitOf(
  plan: BeamPlan,
  length: number,
  promptLength: number,
  late: boolean,
): FinishReason | undefined {
  if (length >= plan.maxNewTokens) return 'max-new-tokens';
  if (promptLength + length >= plan.maxLength) return 'max-length';
  if (length >= longestOf(plan, promptLength)) return 'context-length';
  return late ? 'max-time' : undefined;
}

/** What would end the text of a candidate, apart from limits. */
function stopOf(
  candidate: RawCandidate,
  beams: readonly Beam[],
  item: BeamItem,
  plan: BeamPlan,
): FinishReason | undefined {
  const { endTokenIds, stopStrings, stopWhen, tokenizer } = plan;
  const { promptIds, promptLength, index } = item;
  if (endTokenIds.has(candidate.id)) return 'end-token';
  if (stopStrings.length === 0 && !stopWhen) return undefined;
  const ids = [...beams[candidate.beam]!.ids, candidate.id];
  if (tokenizer && stopStrings.length > 0) {
    const writer = createTextWriter(plan, promptIds);
    for (const id of ids.slice(promptLength)) writer.push(id);
    if (writer.stopped) return 'stop-string';
  }
  try {
    return stopWhen?.({ batchItem: index, ids, promptLength }) ? 'stop-condition' : undefined;
  } catch (error) {
    throw atStep(error, 'stop-condition-failed', { step: ids.length - 1 - promptLength, row: index });
  }
}

function nextBeams(
  group: BeamGroup,
  { kept }: Judgement,
  input: JudgeInput,
  plan: BeamPlan,
): readonly Beam[] {
  return kept.map(({ beam, id, cumulative }) => {
    const parent = group.beams[beam]!;
    const where = { step: input.length - 1, row: parent.row };
    return {
      ids: [...parent.ids, id],
      cumulative,
      states: acceptStates(plan.processors, parent.states, id, where),
      parents: [...parent.parents, input.beamNumber(beam)],
      row: parent.row,
    };
  });
}

/**
 * One step of the search for one prompt: scores the beams, finds candidates, decides about them, group after
 * group, and moves the groups on.
 * @throws NextTokenError `no-candidates` when no token is left at all; and what scoring throws
 */
export function advanceItem(item: BeamItem, work: BeamStep): BeamStepEvent {
  const { plan, rawOf, scratch, late } = work;
  const { promptLength } = item;
  const step = item.groups.find(({ end }) => end === undefined)!.beams[0]!.ids.length - promptLength;
  const length = step + 1;
  const limit = limitOf(plan, length, promptLength, late);
  const count = Math.max(2, 1 + plan.endTokenIds.size) * plan.groupSize;
  const chosen: number[] = [];
  const events: BeamCandidate[] = [];
  let draws: readonly number[] | undefined;
  // With several groups each has its own place for `groupSize` beams, whether it is full or not.
  const numberOf = (group: BeamGroup, beam: number): number => group.index * plan.groupSize + beam;

  for (const group of item.groups) {
    if (group.end !== undefined) {
      if (plan.padTokenId !== undefined)
        chosen.push(...Array.from({ length: plan.groupSize }, () => plan.padTokenId!));
      continue;
    }
    const { beams } = group;
    const scores = scoreBeams(group, item, plan, chosen, rawOf, scratch);
    const drawn = item.random && drawCandidates(beams, scores, count, item.random);
    draws = drawn?.draws;
    const raw = drawn?.candidates ?? bestCandidates(beams, scores, count);
    if (raw.length === 0) {
      const message = `beamSearch: every score of prompt ${item.index} is -Infinity`;
      throw new NextTokenError('no-candidates', message, { step, row: item.index });
    }
    const candidates = raw.map(
      (candidate): HitCandidate => ({ ...candidate, hit: stopOf(candidate, beams, item, plan) ?? limit }),
    );
    const beamNumber = (beam: number) => numberOf(group, beam);
    const input: JudgeInput = {
      plan,
      group: group.index,
      beams,
      finished: group.finished,
      candidates,
      length,
      longest: longestOf(plan, promptLength),
      promptLength,
      beamNumber,
    };
    const judgement = plan.groups > 1 ? judgeGroup(input) : judgeBeams(input);
    for (const [rank, { beam, id, logProbability, cumulative }] of candidates.entries()) {
      const place = judgement.kept.indexOf(candidates[rank]!);
      events.push({
        group: group.index,
        rank,
        parent: beamNumber(beam),
        id,
        logProbability,
        diversity: diversityOf(plan.processors, chosen, id),
        cumulative,
        normalised: cumulative / length ** plan.lengthPenalty,
        ...judgement.verdicts[rank]!,
        ...(place >= 0 && { beam: beamNumber(place) }),
      });
    }
    chosen.push(...judgement.chosen);
    group.beams = nextBeams(group, judgement, input, plan);
    group.finished = judgement.finished;
    group.end = judgement.end;
  }
  const ends = item.groups.map(({ end }) => end);
  const end = ends.every((each) => each !== undefined) ? ends.at(-1) : undefined;
  return {
    type: 'beams',
    batchItem: item.index,
    step,
    candidates: events,
    finished: item.groups.flatMap(({ finished }) => [...finished].sort((a, b) => b.score - a.score)),
    ...(draws && { draws }),
    ...(end && { end }),
  };
}
