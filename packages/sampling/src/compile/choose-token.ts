import type { SampleResult, Sampler, SamplerContext } from '@nexttoken/model';
import { sampleCategorical } from '../samplers/categorical';
import { sampleGreedy } from '../samplers/greedy';
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
  const drawn: { draw?: number } = {};
  let position = -1;
  if (sampler.sample === sampleGreedy) {
    if (!work.isListed && work.divisor !== 1) work.isListed = selectHighest(work.row, work.divisor, list, 1);
    if (work.isListed) position = highestPosition(work);
  } else if (sampler.sample === sampleCategorical && work.isListed)
    position = drawPosition(list, () => {
      drawn.draw = context.random.next();
      return drawn.draw;
    });
  if (position >= 0) return { id: list.ids[position]!, ...drawn };
  const isAsItCame = !work.isListed && work.divisor === 1;
  return sampler.sample(isAsItCame ? work.row : denseRow(work), context, state);
}
