import type { LogitsProcessor, ProcessorContext } from '@nexttoken/model';
import { type ChainTrace, chain, compile, traceChain } from '@nexttoken/sampling';
import { atStep } from '../errors/at-step';

/** The processors of a run as one function, and as one that tells what it did. */
export interface CompiledProcessors {
  /**
   * Runs them over one row of scores, in place: what running one after the other does, in fewer passes.
   * @param states one a processor
   * @throws NextTokenError a processor's own, else `processor-failed`; details: processor, step, row
   */
  process(scores: Float32Array, context: ProcessorContext, states: readonly unknown[]): void;
  /** Runs them over a copy, stage by stage; errors as above. */
  trace(scores: Float32Array, context: ProcessorContext, states: readonly unknown[]): ChainTrace;
}

/** Compiles the processors of a run; its buffers serve one row at a time. */
export function compileProcessors(processors: readonly LogitsProcessor[]): CompiledProcessors {
  let present: ProcessorContext;
  const onStageError = (error: unknown, { type }: LogitsProcessor) => {
    const step = present.ids.length - present.promptLength;
    return atStep(error, 'processor-failed', { processor: type, step, row: present.row });
  };
  const plain = chain(...processors);
  const compiled = compile(plain, undefined, { onStageError });
  return {
    process(scores, context, states) {
      present = context;
      compiled.process(scores, context, states);
    },
    trace(scores, context, states) {
      present = context;
      return traceChain(plain, scores, context, { state: states, onStageError });
    },
  };
}
