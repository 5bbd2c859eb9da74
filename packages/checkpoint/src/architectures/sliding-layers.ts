import type { SlidingWindow } from './architecture';
import type { ConfigReader } from './config-reader';

const layerTypes = ['full_attention', 'sliding_attention'];

/**
 * Which layers have the sliding window, from the list `layer_types`; `undefined` where a config has none.
 * @throws NextTokenError `unsupported-option` for another type of attention, `invalid-config` for a list that is not one
 * entry a layer
 */
export function slidingLayers(config: ConfigReader): readonly boolean[] | undefined {
  const found = config.value('layer_types');
  if (found === undefined) return undefined;
  const layerCount = config.positiveInteger('num_hidden_layers');
  if (!Array.isArray(found) || found.length !== layerCount)
    throw config.invalid('layer_types', `an array of ${layerCount} names`);
  if (!found.every((type) => layerTypes.includes(type)))
    throw config.unsupported('layer_types', layerTypes.join(', '));
  return found.map((type) => type === 'sliding_attention');
}

/** The window over the layers of a pattern; `null` where no layer has it. */
export function slidingWindow(
  size: number,
  pattern: readonly boolean[],
  firstLayer = 0,
): SlidingWindow | null {
  return pattern.includes(true) ? { size, firstLayer, pattern } : null;
}
