import type { LogitsProcessor } from '@nexttoken/model';

/**
 * The processors with every chain replaced by its parts, which is the same processing. Beams go through them
 * stage by stage side by side, so that a processor sees its siblings as they are at that stage.
 */
export function flattenChains(processors: readonly LogitsProcessor[]): readonly LogitsProcessor[] {
  return processors.flatMap((processor) => {
    const parts = processor.type === 'chain' ? processor.parameters.processors : undefined;
    return Array.isArray(parts) ? flattenChains(parts as readonly LogitsProcessor[]) : [processor];
  });
}
