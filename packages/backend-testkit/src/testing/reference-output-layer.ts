import type { OutputLayer } from '../kit/backend-test-options';
import { ReferenceModel } from './reference-model';

/** What turns the reference model's last hidden state into its logits. */
export function referenceOutputLayer(): OutputLayer {
  return { weight: new ReferenceModel().network.unembedding.flatMap((row) => [...row]) };
}
