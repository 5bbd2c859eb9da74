import type { ProcessorContext } from '@nexttoken/model';
import { type ChainTrace, chain, traceChain } from '@nexttoken/sampling';
import type { Processors } from './next-token-table-data';

/** Runs processors on a copy of a raw row, stage by stage; without a context there are no ids. */
export function traceRow(
  logits: Float32Array,
  processors: Processors,
  context?: Partial<ProcessorContext>,
): ChainTrace {
  const whole = { ids: [], promptLength: 0, row: 0, batchItem: 0, ...context };
  return traceChain(chain(...[processors].flat()), logits, whole);
}
