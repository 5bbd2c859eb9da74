import type { LanguageModel, Session } from '@nexttoken/model';
import { ReferenceModel, type ReferenceModelOptions } from './reference-model';

/**
 * Makes a tiny but complete `LanguageModel` in plain TypeScript: one layer of causal attention with seeded,
 * untrained weights, strict about the whole contract. For tests that need a model and no files, and as an
 * example of a backend that passes the kit.
 *
 * logits = U (h + 3 · softmax(q·k / √12) v), with h = E[id] + P[position] and q, k, v = tanh(W h)
 *
 * @param options `vocabSize` (default 40), `seed` of the weights (default 1), and `capabilities` that differ
 *   from: everything but attention, unlimited rows, a context of 600
 * @returns the model; `sessions` are those not disposed yet
 *
 * Cost: 24 multiplications for each past position and new id; no training, so the text means nothing.
 */
export function createReferenceModel(
  options: ReferenceModelOptions = {},
): LanguageModel & { readonly sessions: ReadonlySet<Session> } {
  return new ReferenceModel(options);
}
