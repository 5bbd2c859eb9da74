import type { Tensor } from 'onnxruntime-common';
import { SharedTensor } from '../device/shared-tensor';
import type { GraphLayout } from '../layout/graph-layout';
import { float16ToFloat32 } from '../numbers/float16';
import type { OpenSession } from '../runtime';
import type { CacheRows, CacheRun, CacheRunResult } from './cache-rows';
import { type CacheData, type RowSide, StandardRow } from './standard-row';

/**
 * The cache of graphs in the usual convention: every run returns the whole of it. Each row keeps its own
 * tensors and runs alone, so rows of different lengths need no padding, and select and fork copy nothing.
 */
export class StandardCache implements CacheRows {
  readonly lengths: number[];
  #rows: StandardRow[];

  constructor(
    readonly open: OpenSession,
    readonly layout: GraphLayout,
    lengths: readonly number[],
    rows?: readonly StandardRow[],
  ) {
    this.lengths = [...lengths];
    this.#rows = rows ? rows.map((row) => row.retain()) : lengths.map(() => this.#empty());
  }

  get buffers(): readonly RowSide[] {
    return this.#rows.flatMap((row) => row.sides);
  }

  async run({ firstRow, tokens, wanted }: CacheRun): Promise<CacheRunResult> {
    const parts: Float32Array[] = [];
    for (const [index, ids] of tokens.entries())
      parts.push(await this.#runRow(firstRow + index, ids, wanted));
    return {
      logits: wanted === 'none' ? null : this.#joined(parts),
      hiddenStates: null,
      attention: null,
      top: null,
    };
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
    const before = this.#rows;
    this.#rows = parents.map((parent) => (parent < 0 ? this.#empty() : before[parent]!.retain()));
    for (const row of before) row.release();
    this.lengths.splice(0, this.lengths.length, ...lengths);
  }

  truncate(lengths: readonly number[]): void {
    lengths.forEach((length, row) => {
      if (length === this.lengths[row]) return;
      this.#replace(row, this.#rows[row]!.cut(length, this.layout));
    });
  }

  fork(): StandardCache {
    return new StandardCache(this.open, this.layout, this.lengths, this.#rows);
  }

  dispose(): Promise<void> | void {
    for (const row of this.#rows) row.release();
    this.#rows = [];
    this.lengths.length = 0;
    return this.open.device?.lane.idle();
  }

  #empty(): StandardRow {
    return new StandardRow([], 0, this.open.device);
  }

  #replace(index: number, row: StandardRow): void {
    this.#rows[index]!.release();
    this.#rows[index] = row;
    this.lengths[index] = row.length;
  }

  async #runRow(row: number, ids: Int32Array, wanted: CacheRun['wanted']): Promise<Float32Array> {
    const past = this.#rows[row]!;
    const { device } = this.open;
    const outputs = await this.open.run(() => {
      device?.check();
      return this.#feeds(past, ids);
    });
    const sides = Array.from({ length: 2 * this.layout.layerCount }, (_, side) => {
      const present = outputs[sideName('present', side)] as Tensor;
      return device ? new SharedTensor(present) : (present.data as CacheData);
    });
    this.#replace(row, new StandardRow(sides, past.length + ids.length, device));
    const logits = float16ToFloat32(outputs.logits!.data as CacheData);
    if (wanted !== 'last') return logits;
    const width = logits.length / ids.length;
    return logits.slice(logits.length - width);
  }

  #feeds({ sides, length: past }: StandardRow, ids: Int32Array): Record<string, Tensor> {
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
      const data = sides[side] ?? (layout.cacheType === 'float16' ? new Uint16Array() : new Float32Array());
      feeds[sideName('past_key_values', side)] =
        data instanceof SharedTensor
          ? data.tensor
          : data instanceof Float32Array
            ? new runtime.Tensor('float32', data, shape)
            : new runtime.Tensor('float16', data, shape);
    }
    return feeds;
  }
}

function sideName(prefix: 'past_key_values' | 'present', side: number): string {
  return `${prefix}.${side >> 1}.${side & 1 ? 'value' : 'key'}`;
}
