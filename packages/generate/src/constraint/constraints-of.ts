import type { LogitsProcessor } from '@nexttoken/model';
import type { ConstrainingProcessor } from './constraining-processor';

/** A constraint and where the row stands in it. */
interface PlacedConstraint {
  readonly processor: ConstrainingProcessor;
  readonly state: unknown;
}

const isConstraining = (processor: LogitsProcessor): processor is ConstrainingProcessor =>
  typeof (processor as Partial<ConstrainingProcessor>).constraint?.forced === 'function';

/** The constraints among processors, those within chains too. */
export function constraintsOf(
  processors: readonly LogitsProcessor[],
  states: readonly unknown[],
): readonly PlacedConstraint[] {
  return processors.flatMap((processor, index): readonly PlacedConstraint[] => {
    if (isConstraining(processor)) return [{ processor, state: states[index] }];
    const parts = processor.type === 'chain' ? processor.parameters.processors : undefined;
    return Array.isArray(parts) ? constraintsOf(parts, (states[index] ?? []) as readonly unknown[]) : [];
  });
}
