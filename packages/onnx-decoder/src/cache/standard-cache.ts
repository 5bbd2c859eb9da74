import type { Tensor } from 'onnxruntime-common';
import type { GraphLayout } from '../layout/graph-layout';
import { float16ToFloat32 } from '../numbers/float16';
import type { OpenSession } from '../runtime';
import type { CacheRows, CacheRun, CacheRunResult } from './cache-rows';

type CacheData = Float32Array | Uint16Array;

/** One row's `present` tensors, keys and values by turns; never written to, so rows may share them. */
type RowCache = readonly { readonly data: CacheData; readonly length: number }[];

/**
 * The cache of graphs in the usual convention: every run returns the whole of it. Each row keeps its own
 * tensors and runs alone, so rows of different lengths need no padding, and select and fork copy nothing.
 */
export class StandardCache implements CacheRows {
  readonly lengths: number[];
  #rows: RowCache[];

  constructor(
    readonly open: OpenSession,
    readonly layout: GraphLayout,
    lengths: readonly number[],
    rows?: readonly RowCache[],
  ) {
    this.lengths = [...lengths];
    this.#rows = rows ? [...rows] : lengths.map(() => []);
  }

  get buffers(): readonly CacheData[] {
    return this.#rows.flatMap((row) => row.map((side) => side.data));
  }

  async run({ firstRow, tokens, wanted }: CacheRun): Promise<CacheRunResult> {
    const parts: Float32Array[] = [];
    for (const [index, ids] of tokens.entries())
      parts.push(await this.#runRow(firstRow + index, ids, wanted));
    return { logits: wanted === 'none' ? null : this.#joined(parts), hiddenStates: null };
  }

  #joined(parts: readonly Float32Array[]): Float32Array {
    if (parts.length === 1) return parts[0]!;
    const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      joined.set(part, offset);
      offset += part.length;
    }
    return joined;
  }

  select(parents: readonly number[]): void {
    const lengths = parents.map((parent) => (parent < 0 ? 0 : this.lengths[parent]!));
    this.#rows = parents.map((parent) => (parent < 0 ? [] : this.#rows[parent]!));
    this.lengths.splice(0, this.lengths.length, ...lengths);
  }

  truncate(lengths: readonly number[]): void {
    lengths.forEach((length, row) => {
      if (length === this.lengths[row]) return;
      this.#rows[row] = length === 0 ? [] : this.#rows[row]!.map((side) => this.#cut(side, length));
      this.lengths[row] = length;
    });
  }

  fork(): StandardCache {
    return new StandardCache(this.open, this.layout, this.lengths, this.#rows);
  }

  dispose(): void {
    this.#rows = [];
    this.lengths.length = 0;
  }

  async #runRow(row: number, ids: Int32Array, wanted: CacheRun['wanted']): Promise<Float32Array> {
    const past = this.lengths[row]!;
    const outputs = await this.open.run(this.#feeds(row, ids, past));
    const sides = Array.from({ length: 2 * this.layout.layerCount }, (_, side) => ({
      data: outputs[sideName('present', side)]!.data as CacheData,
      length: past + ids.length,
    }));
    this.#rows[row] = sides;
    this.lengths[row] = past + ids.length;
    const logits = float16ToFloat32(outputs.logits!.data as CacheData);
    if (wanted !== 'last') return logits;
    const width = logits.length / ids.length;
    return logits.slice(logits.length - width);
  }

  #feeds(row: number, ids: Int32Array, past: number): Record<string, Tensor> {
    const { runtime } = this.open;
    const { layout } = this;
    const { length } = ids;
    const int64 = (size: number, value: (index: number) => number) =>
      new runtime.Tensor(
        'int64',
        BigInt64Array.from({ length: size }, (_, i) => BigInt(value(i))),
        [1, size],
      );
    const feeds: Record<string, Tensor> = { input_ids: int64(length, (i) => ids[i]!) };
    if (layout.inputNames.includes('attention_mask')) feeds.attention_mask = int64(past + length, () => 1);
    if (layout.inputNames.includes('position_ids')) feeds.position_ids = int64(length, (i) => past + i);
    if (layout.inputNames.includes('use_cache_branch'))
      feeds.use_cache_branch = new runtime.Tensor('bool', Uint8Array.of(past > 0 ? 1 : 0), [1]);
    const shape = [1, layout.keyValueHeadCount, past, layout.headSize];
    for (let side = 0; side < 2 * layout.layerCount; side++) {
      const data =
        this.#rows[row]![side]?.data ??
        (layout.cacheType === 'float16' ? new Uint16Array() : new Float32Array());
      feeds[sideName('past_key_values', side)] =
        data instanceof Float32Array
          ? new runtime.Tensor('float32', data, shape)
          : new runtime.Tensor('float16', data, shape);
    }
    return feeds;
  }

  /** The first `length` positions of a `[keyValueHeads, positions, headSize]` array, in a new one. */
  #cut(side: RowCache[number], length: number): RowCache[number] {
    const { keyValueHeadCount, headSize } = this.layout;
    const count = length * headSize;
    const data =
      side.data instanceof Float32Array
        ? new Float32Array(keyValueHeadCount * count)
        : new Uint16Array(keyValueHeadCount * count);
    for (let head = 0; head < keyValueHeadCount; head++) {
      const start = head * side.length * headSize;
      data.set(side.data.subarray(start, start + count), head * count);
    }
    return { data, length };
  }
}

function sideName(prefix: 'past_key_values' | 'present', side: number): string {
  return `${prefix}.${side >> 1}.${side & 1 ? 'value' : 'key'}`;
}
