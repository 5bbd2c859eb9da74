import type { LogitsProcessor } from '@nexttoken/model';

/** One stage of an order: what it is, and what it was made with. */
export interface OrderStage {
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

// biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
type AnyProcessor = LogitsProcessor<any>;

/**
 * Reads the order out of a chain: its stages from left to right as data, chains within it taken apart. A
 * processor by itself is an order of one stage.
 *
 * @param processor a chain, or any processor whose `parameters.processors` are its parts
 */
export function orderOf(processor: AnyProcessor): readonly OrderStage[] {
  const { type, parameters } = processor;
  const parts = parameters.processors;
  const isComposite = Array.isArray(parts) && parts.every((part) => part?.kind === 'processor');
  return isComposite ? parts.flatMap((part: AnyProcessor) => orderOf(part)) : [{ type, parameters }];
}
