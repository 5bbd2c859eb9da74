import type { LogitsProcessor } from '@nexttoken/model';

/** A single stage of a chain. */
export interface Stage {
  readonly processor: LogitsProcessor;
  /** Where it stands, and where its state is found in the chain's state: indices from the outermost chain inwards. */
  readonly path: readonly number[];
}

/** Makes the error to throw of what a stage of a chain threw, e.g. one that names the stage. */
export type StageErrorHandler = (error: unknown, stage: LogitsProcessor) => unknown;

/** The parts of a chain; undefined for any other processor. */
function partsOf({ type, parameters }: LogitsProcessor): readonly LogitsProcessor[] | undefined {
  const parts = type === 'chain' ? parameters.processors : undefined;
  return Array.isArray(parts) ? parts : undefined;
}

/** The stages of a processor in the order in which they run; chains within chains are taken apart. */
export function stagesOf(processor: LogitsProcessor, path: readonly number[] = []): readonly Stage[] {
  const parts = partsOf(processor);
  if (parts === undefined) return [{ processor, path }];
  return parts.flatMap((part, index) => stagesOf(part, [...path, index]));
}

/** The state of a stage in the state of the processor that it is a stage of. */
export function stateAt(state: unknown, path: readonly number[]): unknown {
  let part = state;
  for (const index of path) part = (part as readonly unknown[])[index];
  return part;
}
