import type { LogitsProcessor, ProcessorContext, Random } from '@nexttoken/model';
import type { BridgeOptions } from './bridge-options';

/** One row of text that a library generates: its ids, and the states that go with them. */
export interface BridgeRow {
  /** How many ids it has. */
  readonly length: number;
  /** A token was chosen. */
  accept(id: number): void;
  /** Runs the processors, and the sampler where there is one, on the row's scores, in place. */
  process(scores: Float32Array): void;
}

/** @param random the row's own source, where one is needed */
export function bridgeRow(
  processor: LogitsProcessor,
  { sampler }: Pick<BridgeOptions, 'sampler'>,
  random: Random | undefined,
  row: number,
  prompt: ArrayLike<number>,
): BridgeRow {
  let ids = Int32Array.from(prompt);
  let length = ids.length;
  let state = processor.initialState?.();
  let samplerState = sampler?.initialState?.();
  const promptLength = length;

  return {
    get length() {
      return length;
    },
    accept(id) {
      if (length === ids.length) {
        const longer = new Int32Array(2 * length + 16);
        longer.set(ids);
        ids = longer;
      }
      ids[length++] = id;
      if (processor.accept !== undefined) state = processor.accept(state, id);
    },
    process(scores) {
      const context: ProcessorContext = { ids: ids.subarray(0, length), promptLength, row, batchItem: row };
      processor.process(scores, random === undefined ? context : { ...context, random }, state);
      if (sampler === undefined || random === undefined) return;
      const { id, ...result } = sampler.sample(scores, { random, row }, samplerState);
      if ('state' in result) samplerState = result.state;
      scores.fill(Number.NEGATIVE_INFINITY);
      scores[id] = 0;
    },
  };
}
