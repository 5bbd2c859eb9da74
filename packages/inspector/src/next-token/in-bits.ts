import type { ChainTrace } from '@nexttoken/sampling';
import type { TracedStage } from './next-token-table-data';

/** A traced stage with its entropies in bits. */
export function inBits(stage: ChainTrace['stages'][number]): TracedStage {
  return { ...stage, entropyBefore: stage.entropyBefore / Math.LN2, entropy: stage.entropy / Math.LN2 };
}
