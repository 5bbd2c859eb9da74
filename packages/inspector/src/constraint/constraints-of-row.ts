import type { ConstrainingProcessor, ConstraintTrace } from '@nexttoken/generate';
import type { LogitsProcessor, ProcessorContext } from '@nexttoken/model';
import type { Processors } from '../next-token/next-token-table-data';

const isConstraining = (processor: LogitsProcessor): processor is ConstrainingProcessor =>
  typeof (processor as Partial<ConstrainingProcessor>).constraint?.describe === 'function';

/** The grammars among processors, those within chains too. */
function constraining(processors: Processors): readonly ConstrainingProcessor[] {
  return [processors].flat().flatMap((processor): readonly ConstrainingProcessor[] => {
    if (isConstraining(processor)) return [processor];
    const parts: unknown = processor.type === 'chain' ? processor.parameters.processors : undefined;
    return Array.isArray(parts) ? constraining(parts) : [];
  });
}

/**
 * What the grammars among processors say about the next token, each where it stands behind the prompt; empty without one.
 *
 * @param logits one raw row, shape `[vocabSize]`
 * @throws NextTokenError `grammar-violated` for ids behind the prompt that a grammar does not allow
 */
export function constraintsOfRow(
  logits: Float32Array,
  processors: Processors,
  context: Pick<Partial<ProcessorContext>, 'ids' | 'promptLength'> = {},
): readonly ConstraintTrace[] {
  const { ids = [], promptLength = 0 } = context;
  return constraining(processors).map((processor) => {
    let state = processor.initialState();
    for (let index = promptLength; index < ids.length; index++) state = processor.accept(state, ids[index]!);
    return {
      ...processor.constraint.describe(state),
      processor: processor.type,
      allowedProbability: processor.constraint.allowedProbability(state, logits),
    };
  });
}
