import { invalidParameter, type LogitsProcessor } from '@nexttoken/model';

/** Processors to run, one or several; chains are taken apart. */
// biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair, and `process` takes it
export type Processors = LogitsProcessor<any> | readonly LogitsProcessor<any>[];

/** The single stages of processors and chains (chains within chains too), in the order in which they run. */
export function flattenStages(processors: Processors | undefined): readonly LogitsProcessor[] {
  if (processors === undefined) return [];
  return [processors].flat().flatMap((processor: LogitsProcessor, index) => {
    if (processor?.kind !== 'processor') {
      throw invalidParameter('nextTokenTable', `processors[${index}]`, processor, 'a logits processor');
    }
    const parts = processor.type === 'chain' ? processor.parameters.processors : undefined;
    return Array.isArray(parts) ? flattenStages(parts) : [processor];
  });
}
