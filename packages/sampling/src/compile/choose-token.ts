import type { SampleResult, Sampler, SamplerContext } from '@nexttoken/model';
import { isGreedy } from '../samplers/greedy';
import { drawPosition } from './draw-categorical';
import { selectHighest } from './select-highest';
import { denseRow, type Workspace } from './workspace';

/** The first of the highest scores; -1 where NaN is among them, or nothing at all. */
function highestPosition({ list }: Workspace): number {
  let position = -1;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < list.count; i++) {
    const score = list.scores[i]!;
    if (score > largest) {
      largest = score;
      position = i;
    } else if (Number.isNaN(score)) return -1;
  }
  return position;
}

/**
 * Chooses from where a run stands: greedy and categorical from the list, whatever else from the whole row.
 * Where there is nothing to choose from, the sampler itself says so.
 */
export function chooseToken(
  work: Workspace,
  sampler: Sampler,
  context: SamplerContext,
  state: unknown,
): SampleResult {
  const { list } = work;
  if (isGreedy(sampler)) {
    if (!work.isListed && work.divisor !== 1) work.isListed = selectHighest(work.row, work.divisor, list, 1);
    const position = work.isListed ? highestPosition(work) : -1;
    if (position >= 0) return { id: list.ids[position]! };
  }
  if (sampler.type === 'categorical' && work.isListed) {
    let draw = 0;
    const position = drawPosition(list, () => {
      draw = context.random.next();
      return draw;
    });
    if (position >= 0) return { id: list.ids[position]!, draw };
  }
  const isAsItCame = !work.isListed && work.divisor === 1;
  return sampler.sample(isAsItCame ? work.row : denseRow(work), context, state);
}
