import { invalidParameter, type LogitsProcessor, NextTokenError } from '@nexttoken/model';
import type { GenerateOptions } from './generate-options';

type Need = 'siblings' | 'guidance';

/** The processor that needs it: within a chain, the part that does. */
function needing(capability: Need, processor: LogitsProcessor): LogitsProcessor {
  const parts = processor.type === 'chain' ? processor.parameters.processors : undefined;
  const list = (Array.isArray(parts) ? parts : []) as readonly LogitsProcessor[];
  const part = list.find(({ requires }) => requires?.[capability]);
  return part ? needing(capability, part) : processor;
}

/**
 * The processors as a list, each one checked: it is a processor, and it needs nothing that the caller's loop
 * cannot give.
 * @param owner what refuses, as the user wrote it, e.g. `generate`
 * @param refused what that loop cannot give
 * @throws NextTokenError `unsupported-capability`; details: processor, capability
 */
export function resolveProcessors(
  owner: string,
  processors: GenerateOptions['processors'],
  refused: readonly Need[],
): readonly LogitsProcessor[] {
  const list = (processors === undefined ? [] : [processors].flat()) as readonly LogitsProcessor[];
  for (const [index, processor] of list.entries()) {
    if (processor?.kind !== 'processor') {
      throw invalidParameter(owner, `processors[${index}]`, processor, 'a logits processor');
    }
    for (const capability of refused) {
      if (!processor.requires?.[capability]) continue;
      const { type } = needing(capability, processor);
      throw new NextTokenError(
        'unsupported-capability',
        `${owner}: the processor "${type}" needs ${capability}, which there is none of here`,
        { processor: type, capability },
      );
    }
  }
  return list;
}
