import type { LogitsProcessor } from '../sampling/logits-processor';
import type { StreamRequest } from './stream-request';

/** The processors of a request, every chain replaced by its parts, in order. */
export function streamProcessors({
  processors = [],
}: Pick<StreamRequest, 'processors'>): readonly LogitsProcessor[] {
  return processors.flatMap((processor) => {
    const parts = processor.type === 'chain' ? processor.parameters.processors : undefined;
    return Array.isArray(parts) ? streamProcessors({ processors: parts }) : [processor];
  });
}
