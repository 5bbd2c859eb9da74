import type { LogitsProcessor } from '@nexttoken/model';
import { atStep } from '../errors/at-step';

/**
 * The processors' states behind one more id; states are values, the old list stays as it is.
 * @throws NextTokenError a processor's own, else `processor-failed`
 */
export function acceptStates(
  processors: readonly LogitsProcessor[],
  states: readonly unknown[],
  id: number,
  where: { readonly step: number; readonly row: number },
): readonly unknown[] {
  return processors.map((processor, stage) => {
    const state = states[stage];
    if (!processor.accept) return state;
    try {
      return processor.accept(state, id);
    } catch (error) {
      throw atStep(error, 'processor-failed', { processor: processor.type, ...where });
    }
  });
}

/** The processors' states before the first id. */
export const initialStates = (processors: readonly LogitsProcessor[]): readonly unknown[] =>
  processors.map((processor) => processor.initialState?.());
