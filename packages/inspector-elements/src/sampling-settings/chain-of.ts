import type { Sampler } from '@nexttoken/model';
import {
  chain,
  type DataOptions,
  fromData,
  type ProcessorChain,
  type SamplingData,
} from '@nexttoken/sampling';
import { isNeutral } from './is-neutral';
import type { SamplingSettings, StageSettings } from './sampling-settings';

const specification: SamplingData['specification'] = 'nexttoken-sampling-1';

/** Places of the stages that run: those that are on and change something. */
export function activeStages({ stages }: Pick<SamplingSettings, 'stages'>): number[] {
  return [...stages.keys()].filter((place) => {
    const stage = stages[place]!;
    return stage.enabled && !isNeutral(stage);
  });
}

/**
 * The processor of one stage.
 * @param options types of your own, as for `fromData`
 * @throws NextTokenError what its factory throws; `unknown-type`
 */
export function processorOf(
  { type, parameters }: Pick<StageSettings, 'type' | 'parameters'>,
  options: DataOptions = {},
): ProcessorChain['parameters']['processors'][number] {
  return fromData({ specification, kind: 'processor', type, parameters }, options);
}

/**
 * The chain that the settings describe: the stages that are on, in their order, without those at their neutral value.
 * @throws NextTokenError as {@link processorOf}
 */
export function chainOf(
  settings: Pick<SamplingSettings, 'stages'>,
  options: DataOptions = {},
): ProcessorChain {
  return chain(...activeStages(settings).map((place) => processorOf(settings.stages[place]!, options)));
}

/** The sampler that the settings describe. @throws NextTokenError what its factory throws */
export function samplerOf(
  { sampler }: Pick<SamplingSettings, 'sampler'>,
  options: DataOptions = {},
): Sampler {
  const { type, parameters } = sampler;
  return fromData({ specification, kind: 'sampler', type, parameters }, options);
}
