import type { FinishReason } from '@nexttoken/model';
import { createTextWriter } from '../text/text-writer';
import { type BeamItem, isDone } from './beam';
import type { BeamFinishEvent, BeamHypothesis } from './beam-events';
import type { BeamPlan } from './plan-beam-search';

/** The beams of an item as texts, for a search that ends before they do. */
function openTexts(
  { groups, promptLength }: BeamItem,
  plan: BeamPlan,
  reason: FinishReason,
): BeamHypothesis[] {
  return groups.flatMap(({ index, beams, end }) =>
    beams.flatMap(({ ids, cumulative, parents }) => {
      const length = ids.length - promptLength;
      if (end !== undefined || (length === 0 && index > 0)) return [];
      const score = length === 0 ? 0 : cumulative / length ** plan.lengthPenalty;
      return [
        { group: index, ids: ids.slice(promptLength), parents, logProbability: cumulative, score, reason },
      ];
    }),
  );
}

/**
 * The texts to return, best first: the finished ones; where there are too few of them, beams as well.
 * @param reason what to call texts that were still being written
 */
export function finishItem(
  item: BeamItem,
  plan: BeamPlan,
  reason: 'aborted' | 'unfinished',
): BeamFinishEvent[] {
  const { numReturnSequences } = plan;
  // Of equal scores the later text comes first, as in transformers 4.
  const finished = item.groups.flatMap((group) => group.finished).reverse();
  const ranked = (plan.groups > 1 ? finished : [...finished].reverse()).sort((a, b) => b.score - a.score);
  const open = openTexts(item, plan, reason).sort((a, b) => b.score - a.score);
  const texts = isDone(item) ? ranked : [...ranked, ...open].sort((a, b) => b.score - a.score);
  const all = isDone(item) ? [...texts, ...open] : texts;
  return all.slice(0, numReturnSequences).map((text, rank) => {
    const writer = createTextWriter(plan, item.promptIds);
    for (const id of text.ids) if (!writer.stopped) writer.push(id);
    writer.end();
    const { group, score, logProbability, parents } = text;
    return {
      type: 'finish',
      batchItem: item.index,
      rank,
      row: item.index * numReturnSequences + rank,
      group,
      reason: text.reason,
      ids: Int32Array.from(text.ids),
      text: writer.text,
      score,
      logProbability,
      parents,
    };
  });
}
