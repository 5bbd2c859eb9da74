import { invalidParameter, type LogitsProcessor, NextTokenError } from '@nexttoken/model';
import type { GenerateOptions } from './generate-options';

/** The processor that needs it: within a chain, the part that does. */
function needing(capability: 'siblings' | 'guidance', processor: LogitsProcessor): LogitsProcessor {
  const parts = processor.type === 'chain' ? processor.parameters.processors : undefined;
  const list = (Array.isArray(parts) ? parts : []) as readonly LogitsProcessor[];
  const part = list.find(({ requires }) => requires?.[capability]);
  return part ? needing(capability, part) : processor;
}

/**
 * The processors as a list, each one checked: it is a processor, and it needs nothing that a loop
 * over single rows cannot give.
 * @throws NextTokenError `unsupported-capability`; details: processor, capability
 */
export function resolveProcessors(processors: GenerateOptions['processors']): readonly LogitsProcessor[] {
  const list = (processors === undefined ? [] : [processors].flat()) as readonly LogitsProcessor[];
  for (const [index, processor] of list.entries()) {
    if (processor?.kind !== 'processor') {
      throw invalidParameter('generate', `processors[${index}]`, processor, 'a logits processor');
    }
    for (const capability of ['siblings', 'guidance'] as const) {
      if (!processor.requires?.[capability]) continue;
      const { type } = needing(capability, processor);
      throw new NextTokenError(
        'unsupported-capability',
        `generate: the processor "${type}" needs ${capability}, which one row alone does not have`,
        { processor: type, capability },
      );
    }
  }
  return list;
}
