import type { LogitsProcessor } from '@nexttoken/model';

// biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
type AnyProcessor = LogitsProcessor<any>;

/** The single processors: chains are taken apart. */
export function partsOf(list: readonly AnyProcessor[]): readonly AnyProcessor[] {
  return list.flatMap((part) =>
    part.type === 'chain' ? partsOf(part.parameters.processors as readonly AnyProcessor[]) : [part],
  );
}
