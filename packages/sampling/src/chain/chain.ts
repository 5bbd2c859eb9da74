import { invalidParameter, type LogitsProcessor } from '@nexttoken/model';

/** Several processors as one. `parameters.processors` are its parts, in order. */
export interface ProcessorChain extends LogitsProcessor<readonly unknown[]> {
  readonly type: 'chain';
  readonly parameters: { readonly processors: readonly LogitsProcessor[] };
  initialState(): readonly unknown[];
  accept(state: readonly unknown[], id: number): readonly unknown[];
}

/**
 * Runs processors one after the other on the same row. A chain is a processor: it can be a part of
 * another. Its state is the tuple of its parts' states, and it requires whatever one of them does.
 *
 * @param processors applied from left to right; none is neutral
 * @throws NextTokenError `invalid-parameter` for anything that is no processor (a sampler comes last, outside)
 */
export function chain(...processors: readonly LogitsProcessor[]): ProcessorChain {
  processors.forEach((processor, i) => {
    if (processor?.kind !== 'processor') {
      throw invalidParameter('chain', `processors[${i}]`, processor?.kind, 'a logits processor');
    }
  });
  const needed = processors.flatMap(({ requires = {} }) =>
    Object.entries(requires).filter(([, isNeeded]) => isNeeded),
  );
  const isStateful = processors.some((processor) => processor.accept);
  return {
    kind: 'processor',
    type: 'chain',
    parameters: { processors },
    ...(needed.length > 0 && { requires: Object.fromEntries(needed) }),
    initialState: () => processors.map((processor) => processor.initialState?.()),
    accept(states, id) {
      if (!isStateful) return states;
      return processors.map((processor, i) =>
        processor.accept ? processor.accept(states[i], id) : states[i],
      );
    },
    process(scores, context, states) {
      processors.forEach((processor, i) => {
        processor.process(scores, context, states[i]);
      });
    },
  };
}
