import {
  activeStages,
  processorOf,
  type SamplingSettings,
  samplerOf,
} from '@nexttoken/inspector-elements/sampling-settings';
import type { Sampler } from '@nexttoken/model';
import { chain, compile, type ProcessorChain } from '@nexttoken/sampling';
import type { KeptTo } from './constraint/kept-to';
import type { ReadyChoosing } from './constraint/make-constraint';

/** Settings, made: what reshapes a row, and what chooses from it. */
export interface ChosenChain {
  /** What the text has to keep to, then the stages that are on. */
  readonly processors: ProcessorChain;
  readonly compiled: ProcessorChain;
  // biome-ignore lint/suspicious/noExplicitAny: a sampler's state is its own affair
  readonly sampler: Sampler<any>;
  /** Whether a step depends on the steps before it by more than their tokens. */
  readonly hasMemory: boolean;
}

let made:
  | { readonly key: string; readonly constraint: KeptTo | undefined; readonly chosen: ChosenChain }
  | undefined;

/** Makes the chain and the sampler; once for settings as they stand. @throws NextTokenError for illegal parameters */
export function chosenChain({
  settings,
  constraint,
}: { readonly settings: SamplingSettings } & Pick<ReadyChoosing, 'constraint'>): ChosenChain {
  const key = JSON.stringify([settings.stages, settings.sampler]);
  if (made?.key === key && made.constraint === constraint) return made.chosen;
  const stages = activeStages(settings).map((place) => processorOf(settings.stages[place]!));
  const processors = chain(...(constraint ? [constraint] : []), ...stages);
  const sampler = samplerOf(settings);
  const hasMemory = sampler.initialState !== undefined || processors.requires?.random === true;
  const chosen = { processors, compiled: compile(processors), sampler, hasMemory };
  made = { key, constraint, chosen };
  return chosen;
}
