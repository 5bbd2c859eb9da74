import type { Checkpoint } from '@nexttoken/checkpoint';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type ExportOptions, exportDecoder } from '../export-decoder';

export interface DecoderAnswer {
  /** `[positions, vocabSize]`. */
  readonly logits: Float32Array;
  /** How many keys a query is scored against, room that is masked included; the new ones come last. */
  readonly keys: number;
  /** Every output by name, as the graph gave it. */
  readonly outputs: Readonly<Record<string, Float32Array>>;
}

export interface RunningDecoder {
  /** Appends ids to the text so far and computes them. */
  forward(ids: readonly number[]): Promise<DecoderAnswer>;
  /** Forgets the text. */
  reset(): void;
  release(): Promise<void>;
}

interface Cache {
  /** How many keys the feeds hold. */
  readonly capacity: number;
  feeds(): Record<string, Tensor>;
  append(outputs: Readonly<Record<string, Float32Array>>, length: number): void;
}

/**
 * Exports a checkpoint and runs it in onnxruntime-node, one row, with a cache of its own.
 * @param trunk in the layout `caller-cache`: positions up to here lie in the past that rows share, the others in the tail
 */
export async function runDecoder(
  checkpoint: Checkpoint,
  options: ExportOptions = {},
  trunk = Number.POSITIVE_INFINITY,
): Promise<RunningDecoder> {
  const { graph, weights } = exportDecoder(checkpoint, options);
  const data = new Uint8Array(weights.byteLength);
  await weights.write(async (chunk, offset) => data.set(chunk, offset));
  const session = await InferenceSession.create(graph, {
    externalData: [{ path: weights.location, data }],
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
  } as InferenceSession.SessionOptions);
  const { layerCount, keyValueHeadCount, headSize } = checkpoint.architecture;
  const sizes = { layerCount, heads: keyValueHeadCount, headSize };
  const standard = (options.layout ?? 'caller-cache') !== 'caller-cache';
  const newCache = () => (standard ? standardCache(sizes) : callerCache(sizes, trunk));
  let cache = newCache();
  let past = 0;
  return {
    async forward(ids) {
      const { length } = ids;
      const keys = cache.capacity + length;
      const feeds = { ...cache.feeds(), ...(standard ? standardFeeds : callerFeeds)(ids, past) };
      const results = await session.run(feeds);
      const outputs = Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, tensor.data as Float32Array]),
      );
      cache.append(outputs, length);
      past += length;
      return { logits: outputs.logits!, keys, outputs };
    },
    reset() {
      cache = newCache();
      past = 0;
    },
    release: () => session.release(),
  };
}

function callerFeeds(ids: readonly number[], past: number): Record<string, Tensor> {
  const { length } = ids;
  const int32 = (values: readonly number[], shape: readonly number[]) =>
    new Tensor('int32', Int32Array.from(values), shape);
  const positions = ids.map((_, index) => past + index);
  const causal = Float32Array.from({ length: length * length }, (_, index) =>
    index % length > Math.floor(index / length) ? Number.NEGATIVE_INFINITY : 0,
  );
  return {
    input_ids: int32(ids, [1, 1, length]),
    position_ids: int32(positions, [1, 1, length]),
    new_mask: new Tensor('float32', causal, [length, length]),
    logits_rows: int32(
      ids.map((_, index) => index),
      [length],
    ),
  };
}

function standardFeeds(ids: readonly number[], past: number): Record<string, Tensor> {
  const int64 = (values: readonly number[]) =>
    new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  return {
    input_ids: int64(ids),
    attention_mask: int64(new Array<number>(past + ids.length).fill(1)),
    position_ids: int64(ids.map((_, index) => past + index)),
  };
}

interface CacheSizes {
  readonly layerCount: number;
  readonly heads: number;
  readonly headSize: number;
}

const sides = ['key', 'value'] as const;

function standardCache({ layerCount, heads, headSize }: CacheSizes): Cache {
  const past = new Map<string, Float32Array>();
  let total = 0;
  const names = Array.from({ length: layerCount }, (_, layer) =>
    sides.map((side) => `${layer}.${side}`),
  ).flat();
  return {
    get capacity() {
      return total;
    },
    feeds: () =>
      Object.fromEntries(
        names.map((name) => [
          `past_key_values.${name}`,
          new Tensor('float32', past.get(name) ?? new Float32Array(), [1, heads, total, headSize]),
        ]),
      ),
    append(outputs, length) {
      for (const name of names) past.set(name, outputs[`present.${name}`]!);
      total += length;
    },
  };
}

/** Room that is never filled: the masks have to keep it out. */
const spare = 3;

function callerCache({ layerCount, heads, headSize }: CacheSizes, trunk: number): Cache {
  /** Rows of `headSize` values, `[layer, side, head, position]`. */
  const rows = Array.from({ length: layerCount * sides.length * heads }, (): Float32Array[] => []);
  let total = 0;
  const mask = (length: number, shape: readonly number[]) => {
    const values = new Float32Array(length + spare).fill(Number.NEGATIVE_INFINITY).fill(0, 0, length);
    return new Tensor('float32', values, [...shape, values.length]);
  };
  return {
    get capacity() {
      return total + 2 * spare;
    },
    feeds() {
      const inTrunk = Math.min(total, trunk);
      const feeds: Record<string, Tensor> = {
        past_mask: mask(inTrunk, [1, 1, 1, 1, 1]),
        tail_mask: mask(total - inTrunk, [1, 1, 1, 1, 1]),
      };
      for (let layer = 0; layer < layerCount; layer++)
        sides.forEach((side, index) => {
          const first = (layer * sides.length + index) * heads;
          const laid = (from: number, to: number) => {
            const capacity = to - from + spare;
            const values = new Float32Array(heads * capacity * headSize).fill(1e6);
            for (let head = 0; head < heads; head++)
              rows[first + head]!.slice(from, to).forEach((row, position) => {
                values.set(row, (head * capacity + position) * headSize);
              });
            return { values, capacity };
          };
          const past = laid(0, inTrunk);
          const tail = laid(inTrunk, total);
          feeds[`past.${layer}.${side}`] = new Tensor('float32', past.values, [
            ...[1, heads, 1, 1, past.capacity, headSize],
          ]);
          feeds[`tail.${layer}.${side}`] = new Tensor('float32', tail.values, [
            ...[1, heads, 1, 1, tail.capacity, headSize],
          ]);
        });
      return feeds;
    },
    append(outputs, length) {
      for (let layer = 0; layer < layerCount; layer++)
        sides.forEach((side, index) => {
          const values = outputs[`new.${layer}.${side}`]!;
          for (let head = 0; head < heads; head++)
            for (let position = 0; position < length; position++) {
              const from = (head * length + position) * headSize;
              rows[(layer * sides.length + index) * heads + head]!.push(values.slice(from, from + headSize));
            }
        });
      total += length;
    },
  };
}
