import type { ProcessorContext } from '@nexttoken/model';
import { restoreRandom } from '@nexttoken/numeric';

/** Contexts that toss alike: each has its own copy of the random source, as it is now. */
export function contextCopies(context: Partial<ProcessorContext> = {}): () => Partial<ProcessorContext> {
  const { random } = context;
  if (!random) return () => context;
  const { state } = random;
  return () => ({ ...context, random: restoreRandom(state) });
}
