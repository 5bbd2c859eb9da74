import type { LogitsProcessor, Sampler } from '@nexttoken/model';
import { orderOf, toData } from '@nexttoken/sampling';
import type { SamplingSettings } from './sampling-settings';

/**
 * Settings that describe a chain and a sampler, e.g. those that `fromGenerationConfig` or `fromLlamaCpp` made.
 * @throws NextTokenError `invalid-parameter` for a processor that is no plain data (`allowTokens`)
 */
export function settingsOf(
  // biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
  processors: LogitsProcessor<any>,
  // biome-ignore lint/suspicious/noExplicitAny: a sampler's state is its own affair
  sampler: Sampler<any>,
  seed = 42,
): SamplingSettings {
  toData(processors);
  const { type, parameters } = toData(sampler);
  const stages = orderOf(processors).map((stage) => ({ ...stage, enabled: true }));
  return { stages, sampler: { type, parameters }, seed };
}
