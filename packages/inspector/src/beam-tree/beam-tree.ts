import type {
  BeamCandidate,
  BeamEvent,
  BeamFinishEvent,
  BeamHypothesis,
  BeamStepEvent,
} from '@nexttoken/generate';
import { checkOptionNames, invalidParameter, type Tokenizer } from '@nexttoken/model';
import { displayToken } from '../token/display-token';
import { textOfIds } from '../token/text-of-ids';
import { tokenText } from '../token/token-text';
import type { BeamNode, BeamPath, BeamTree, BeamTreeOptions } from './beam-tree-data';
import { candidateReason } from './candidate-reason';

type Text = Pick<BeamHypothesis, 'group' | 'parents' | 'logProbability' | 'score' | 'reason'> & {
  readonly ids: ArrayLike<number>;
  readonly text?: string;
};

/** Names one candidate of a step: of one group no two have the same. */
const keyOf = (step: number, group: number, parent: number, id: number): string =>
  `${step} ${group} ${parent} ${id}`;

/** Candidates in their order, with the nodes that they continue. */
function placeCandidates(steps: readonly BeamStepEvent[]) {
  const placed: {
    readonly candidate: BeamCandidate;
    readonly step: number;
    readonly parent: number | undefined;
  }[] = [];
  const places = new Map<string, number>();
  let beams = new Map<number, number>();
  for (const { step, candidates } of steps) {
    const next = new Map<number, number>();
    for (const candidate of candidates) {
      const { group, parent, id, beam } = candidate;
      if (beam !== undefined) next.set(beam, placed.length);
      places.set(keyOf(step, group, parent, id), placed.length);
      placed.push({ candidate, step, parent: step === 0 ? undefined : beams.get(parent) });
    }
    // A group that has ended keeps none of its beams; those of the others are all in this step.
    beams = next;
  }
  return { placed, places };
}

function pathOf(text: Text, places: ReadonlyMap<string, number>, tokenizer: Tokenizer | undefined): BeamPath {
  const { group, parents, logProbability, score, reason } = text;
  const ids = Array.from(text.ids);
  const nodes = ids.flatMap((id, step) => places.get(keyOf(step, group, parents[step]!, id)) ?? []);
  return {
    nodes,
    group,
    ids,
    text: text.text ?? textOfIds(tokenizer, ids),
    logProbability,
    score,
    reason,
  };
}

const samePath = (a: BeamPath, b: BeamPath): boolean =>
  a.group === b.group && a.nodes.length === b.nodes.length && a.nodes.at(-1) === b.nodes.at(-1);

/**
 * A beam search as a tree of all candidates it looked at: the kept ones, the finished ones, and the pruned ones with
 * the reason. Nothing is derived again from scores; parents are those of the events.
 *
 * `cumulative = parent's cumulative + logProbability`, `normalised = cumulative / length ** lengthPenalty`. For a node of
 * diverse groups `logProbability` has the penalty in it: without, it was `logProbability − diversity`.
 *
 * @param events of `beamSearch`, in order; all of them, or those so far
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Cost: linear in the candidates.
 */
export function beamTree(
  events: Iterable<BeamEvent>,
  tokenizer?: Tokenizer,
  options: BeamTreeOptions = {},
): BeamTree {
  checkOptionNames('beamTree', options, ['batchItem', 'lengthPenalty']);
  const { batchItem = 0, lengthPenalty = 1 } = options;
  if (!Number.isFinite(lengthPenalty)) {
    throw invalidParameter('beamTree', 'lengthPenalty', lengthPenalty, 'a finite number');
  }
  const steps: BeamStepEvent[] = [];
  const finishes: BeamFinishEvent[] = [];
  for (const event of events) {
    if (event.type === 'prefill' || event.batchItem !== batchItem) continue;
    if (event.type === 'beams') steps.push(event);
    else finishes.push(event);
  }
  const { placed, places } = placeCandidates(steps);
  const children = placed.map((): number[] => []);
  const roots: number[] = [];
  for (const [index, { parent }] of placed.entries()) (children[parent ?? -1] ?? roots).push(index);
  const best = (list: number[]) =>
    list.sort((a, b) => placed[b]!.candidate.cumulative - placed[a]!.candidate.cumulative || a - b);

  const results = finishes.sort((a, b) => a.rank - b.rank).map((finish) => pathOf(finish, places, tokenizer));
  const finished = (steps.at(-1)?.finished ?? []).map((text) => pathOf(text, places, tokenizer));
  const open = results.filter((result) => !finished.some((path) => samePath(path, result)));
  const resultOf = new Map<number, number>();
  for (const [rank, { nodes }] of results.entries()) {
    for (const node of nodes) if (!resultOf.has(node)) resultOf.set(node, rank);
  }

  const nodes = placed.map(({ candidate, step, parent }, index): BeamNode => {
    const { id, logProbability, beam } = candidate;
    const result = resultOf.get(index);
    return {
      index,
      parent,
      children: best(children[index]!),
      step,
      group: candidate.group,
      rank: candidate.rank,
      id,
      token: displayToken(tokenizer, id),
      text: tokenText(tokenizer, id),
      logProbability,
      probability: Math.exp(logProbability),
      diversity: candidate.diversity,
      cumulative: candidate.cumulative,
      length: step + 1,
      normalised: candidate.normalised,
      fate: candidate.fate,
      reason: candidate.reason,
      why: candidateReason(candidate),
      ...(beam !== undefined && { beam }),
      ...(result !== undefined && { result }),
    };
  });
  const end = steps.at(-1)?.end;
  return {
    batchItem,
    nodes,
    roots: best(roots),
    steps: steps.length,
    groups: new Set(nodes.map(({ group }) => group)).size,
    results,
    texts: [...finished, ...open],
    lengthPenalty,
    ...(end && { end }),
  };
}
