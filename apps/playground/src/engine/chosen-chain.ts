import { chainOf, type SamplingSettings, samplerOf } from '@nexttoken/inspector-elements/sampling-settings';
import type { Sampler } from '@nexttoken/model';
import { compile, type ProcessorChain } from '@nexttoken/sampling';

/** Settings, made: what reshapes a row, and what chooses from it. */
export interface ChosenChain {
  /** Of the stages that are on. */
  readonly processors: ProcessorChain;
  readonly compiled: ProcessorChain;
  // biome-ignore lint/suspicious/noExplicitAny: a sampler's state is its own affair
  readonly sampler: Sampler<any>;
  /** Whether a step depends on the steps before it by more than their tokens. */
  readonly hasMemory: boolean;
}

let made: { readonly key: string; readonly chosen: ChosenChain } | undefined;

/** Makes the chain and the sampler; once for settings as they stand. @throws NextTokenError for illegal parameters */
export function chosenChain(settings: SamplingSettings): ChosenChain {
  const key = JSON.stringify([settings.stages, settings.sampler]);
  if (made?.key === key) return made.chosen;
  const processors = chainOf(settings);
  const sampler = samplerOf(settings);
  const hasMemory = sampler.initialState !== undefined || processors.requires?.random === true;
  const chosen = { processors, compiled: compile(processors), sampler, hasMemory };
  made = { key, chosen };
  return chosen;
}
