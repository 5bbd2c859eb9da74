import { activeStages } from './chain-of';
import type { SamplingSettings } from './sampling-settings';
import { type Strategy, strategies } from './strategies';

/** What decides, as text: whoever says the same does the same. */
function essence(settings: SamplingSettings): string {
  const { stages, sampler, beam } = settings;
  const active = activeStages(settings).map((place) => {
    const { type, parameters } = stages[place]!;
    return [type, parameters];
  });
  return JSON.stringify([active, sampler.type, beam]);
}

/** The strategy that these settings are; `undefined` for settings of one's own. */
export function strategyOf(settings: SamplingSettings): Strategy | undefined {
  const own = essence(settings);
  return strategies.find((strategy) => essence(strategy.apply(settings)) === own);
}
