import type { ProcessorContext, Random } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { activeStages } from './chain-of';
import type { SamplingSettings } from './sampling-settings';

/**
 * The luck at a step: what a run from this seed has drawn before is passed over. Every step draws one number for the
 * sampler (greedy draws none, and passes over one all the same) and one for each exclusion of top choices.
 */
export function randomAt(
  settings: SamplingSettings,
  { ids, promptLength }: Pick<ProcessorContext, 'ids' | 'promptLength'>,
): Random {
  const tosses = activeStages(settings).filter((place) => settings.stages[place]!.type === 'xtc').length;
  const random = createRandom(settings.seed);
  const drawn = (ids.length - promptLength) * (tosses + 1);
  for (let index = 0; index < drawn; index++) random.next();
  return random;
}
