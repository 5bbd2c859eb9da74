import type { StreamModel } from '@nexttoken/model';
import { ReferenceStreamModel, type ReferenceStreamModelOptions } from './reference-stream-model';

/**
 * Makes a tiny but complete `StreamModel` in plain TypeScript, with 40 tokens (words, and single bytes of longer
 * characters) and untrained weights: for tests that need a model whose server samples and no server, and as an
 * example that passes `testStreamModel`.
 *
 * @param options `seed` of the weights (default 1), and `capabilities` that differ from the full set
 * @returns the model; `streams` are those that have begun and not ended
 */
export function createReferenceStreamModel(
  options: ReferenceStreamModelOptions = {},
): StreamModel & { readonly streams: ReadonlySet<object> } {
  return new ReferenceStreamModel(options);
}
