import { graphOutputs } from '../graphs/graph-outputs';

/** Where the outputs of a decoder graph go: keys and values stay on the device, all else comes back. */
export function outputLocations(model: Uint8Array): Record<string, 'cpu' | 'gpu-buffer'> {
  return Object.fromEntries(
    graphOutputs(model).map((name) => [
      name,
      /^(new|present)\.\d+\.(key|value)$/.test(name) ? 'gpu-buffer' : 'cpu',
    ]),
  );
}
