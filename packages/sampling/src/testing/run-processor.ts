import type { LogitsProcessor, ProcessorContext } from '@nexttoken/model';

/** A context of one row with these ids, all of them prompt. */
export function contextOf(ids: ArrayLike<number> = [], promptLength = ids.length): ProcessorContext {
  return { ids, promptLength, row: 0, batchItem: 0 };
}

/** Runs a processor on a copy of the row, from its initial state. */
export function run(
  processor: LogitsProcessor,
  row: ArrayLike<number>,
  ids: ArrayLike<number> = [],
): Float32Array {
  const scores = Float32Array.from(row);
  processor.process(scores, contextOf(ids), processor.initialState?.());
  return scores;
}

/** As {@link run}, as plain numbers. */
export function runPlain(
  processor: LogitsProcessor,
  row: ArrayLike<number>,
  ids: ArrayLike<number> = [],
): number[] {
  return Array.from(run(processor, row, ids));
}
