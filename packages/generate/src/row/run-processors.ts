import type { LogitsProcessor, ProcessorContext } from '@nexttoken/model';
import { atStep } from '../errors/at-step';

/**
 * Runs the processors over one row of scores, in order and in place.
 * @param states one a processor
 * @throws NextTokenError a processor's own, else `processor-failed`; details: processor, step, row
 */
export function runProcessors(
  processors: readonly LogitsProcessor[],
  scores: Float32Array,
  context: ProcessorContext,
  states: readonly unknown[],
): void {
  for (const [stage, processor] of processors.entries()) {
    try {
      processor.process(scores, context, states[stage]);
    } catch (error) {
      const step = context.ids.length - context.promptLength;
      throw atStep(error, 'processor-failed', { processor: processor.type, step, row: context.row });
    }
  }
}
