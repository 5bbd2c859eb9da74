import { invalidParameter, type LogitsProcessor } from '@nexttoken/model';
import { type BridgeOptions, checkBridge } from './bridge-options';
import { type BridgeRow, bridgeRow } from './bridge-row';

export type { BridgeOptions } from './bridge-options';

/** The classes of `@huggingface/transformers` that are needed: give its module, or an object of the two. */
export interface TransformersJs<Processor, List> {
  readonly LogitsProcessor: abstract new () => Processor;
  readonly LogitsProcessorList: new () => List;
}

/** A batch of scores as transformers.js hands it over: float32, shape `[rows, vocabSize]`. */
interface ScoresTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
}

const owner = 'transformersJsProcessor';

function rowsOf({ data, dims }: ScoresTensor, count: number): Float32Array[] {
  const vocabSize = dims.at(-1)!;
  if (!(data instanceof Float32Array) || dims.length !== 2 || data.length !== count * vocabSize) {
    const shown = `${(data as object)?.constructor?.name} of shape [${dims.join()}]`;
    throw invalidParameter(owner, 'logits', shown, `a Float32Array of shape [${count}, vocabSize]`);
  }
  return Array.from({ length: count }, (_, row) => data.subarray(row * vocabSize, (row + 1) * vocabSize));
}

/**
 * A `LogitsProcessor` of transformers.js that runs a processor or a chain of this package: for `push` into a
 * list, or for {@link transformersJsProcessorList}. transformers.js applies it behind its own processors, then
 * draws with its own sampler, which keeps the `top_k` best (50 unless set; 0 for all): or give a `sampler`.
 *
 * Each row of the batch has its own ids, promptLength, state and random source. transformers.js goes on
 * writing into the arrays of ids it began with: such an array tells which row it is, so one processor may serve
 * several calls of `generate`, one after the other. It edits the scores in place.
 *
 * @param library `@huggingface/transformers`, or an object with its `LogitsProcessor` and `LogitsProcessorList`
 * @param processor e.g. `chain(topP(0.9), minP(0.05))`
 * @param options `sampler`, `random`
 * @throws NextTokenError as {@link BridgeOptions} tells; when it runs, what processor and sampler throw
 */
export function transformersJsProcessor<Processor extends object, List extends object>(
  library: TransformersJs<Processor, List>,
  processor: LogitsProcessor,
  options: BridgeOptions = {},
): Processor {
  checkBridge(owner, processor, options);
  const rows = new WeakMap<object, BridgeRow>();
  let rowCount = 0;

  function rowFor(ids: readonly bigint[], index: number): BridgeRow {
    const known = rows.get(ids);
    if (known !== undefined && known.length <= ids.length) {
      for (let i = known.length; i < ids.length; i++) known.accept(Number(ids[i]));
      return known;
    }
    const random = options.random?.fork(rowCount++);
    const made = bridgeRow(processor, options, random, index, ids.map(Number));
    rows.set(ids, made);
    return made;
  }

  const Base = library.LogitsProcessor as abstract new () => object;
  class NextTokenLogitsProcessor extends Base {
    _call(inputIds: readonly (readonly bigint[])[], logits: ScoresTensor): ScoresTensor {
      const scores = rowsOf(logits, inputIds.length);
      for (const [index, ids] of inputIds.entries()) rowFor(ids, index).process(scores[index]!);
      return logits;
    }
  }
  return new NextTokenLogitsProcessor() as unknown as Processor;
}

/**
 * What `model.generate({ logits_processor })` takes: a list that holds {@link transformersJsProcessor} alone.
 * Parameters and errors are the same.
 */
export function transformersJsProcessorList<
  Processor extends object,
  List extends { push(processor: Processor): void },
>(library: TransformersJs<Processor, List>, processor: LogitsProcessor, options: BridgeOptions = {}): List {
  const list = new library.LogitsProcessorList();
  list.push(transformersJsProcessor(library, processor, options));
  return list;
}
