import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { GraphLayout } from '../layout/graph-layout';
import type { OpenSession } from '../runtime';
import type { CacheRows, CacheRun } from './cache-rows';
import { CacheStore } from './cache-store';
import { causalMask } from './causal-mask';

/** The cache of our own graphs: buffers of the caller's, of which the graph returns only the new positions. */
export class CallerCache implements CacheRows {
  readonly lengths: number[];
  #store: CacheStore;
  /** 0 at cached positions, -Infinity behind them, shape `[rows, capacity]`. */
  #mask: Float32Array;

  constructor(
    readonly open: OpenSession,
    readonly layout: GraphLayout,
    lengths: readonly number[],
    store?: CacheStore,
  ) {
    this.lengths = [...lengths];
    this.#store = store ?? new CacheStore(layout, lengths.length, 0);
    this.#mask = this.#freshMask();
  }

  get byteLength(): number {
    return this.#store.byteLength;
  }

  async run({ firstRow, tokens, wanted }: CacheRun): Promise<Float32Array | null> {
    const { layout, open } = this;
    const { Tensor: TensorClass } = open.runtime;
    const rows = tokens.length;
    const length = tokens[0]!.length;
    const { capacity, rowSize } = this.#store;
    const ids = new Int32Array(rows * length);
    const positions = new Int32Array(rows * length);
    tokens.forEach((row, index) => {
      ids.set(row, index * length);
      const start = this.lengths[firstRow + index]!;
      for (let i = 0; i < length; i++) positions[index * length + i] = start + i;
    });
    const cacheShape = [rows, layout.keyValueHeadCount, capacity, layout.headSize];
    const feeds: Record<string, Tensor> = {
      input_ids: new TensorClass('int32', ids, [rows, length]),
      position_ids: new TensorClass('int32', positions, [rows, length]),
      past_mask: new TensorClass(
        'float32',
        this.#mask.subarray(firstRow * capacity, (firstRow + rows) * capacity),
        [rows, 1, 1, capacity],
      ),
      new_mask: new TensorClass('float32', causalMask(length), [length, length]),
      logits_rows: this.#logitsRows(rows, length, wanted),
    };
    this.#store.sides.forEach((side, index) => {
      const data = side.subarray(firstRow * rowSize, (firstRow + rows) * rowSize);
      feeds[cacheName('past', index)] = new TensorClass('float32', data, cacheShape);
    });
    const outputs = await open.run(feeds);
    this.#append(firstRow, rows, length, outputs);
    return wanted === 'none' ? null : (outputs.logits!.data as Float32Array);
  }

  select(parents: readonly number[]): void {
    const old = this.#store;
    const lengths = parents.map((parent) => (parent < 0 ? 0 : this.lengths[parent]!));
    const store = new CacheStore(this.layout, parents.length, Math.max(0, ...lengths));
    parents.forEach((parent, row) => {
      if (parent >= 0) store.copyRow(row, old, parent, lengths[row]!);
    });
    this.#replace(store, lengths);
  }

  truncate(lengths: readonly number[]): void {
    const { capacity } = this.#store;
    lengths.forEach((length, row) => {
      this.#mask.fill(Number.NEGATIVE_INFINITY, row * capacity + length, row * capacity + this.lengths[row]!);
      this.lengths[row] = length;
    });
  }

  fork(): CallerCache {
    this.#store.owners++;
    return new CallerCache(this.open, this.layout, this.lengths, this.#store);
  }

  dispose(): void {
    this.#replace(new CacheStore(this.layout, 0, 0), []);
  }

  #logitsRows(rows: number, length: number, wanted: CacheRun['wanted']): Tensor {
    const count = wanted === 'all' ? rows * length : wanted === 'last' ? rows : 0;
    const indices = Int32Array.from({ length: count }, (_, index) =>
      wanted === 'all' ? index : (index + 1) * length - 1,
    );
    return new this.open.runtime.Tensor('int32', indices, [count]);
  }

  #append(firstRow: number, rows: number, length: number, outputs: InferenceSession.ReturnType): void {
    const needed = Math.max(...this.lengths.slice(firstRow, firstRow + rows)) + length;
    if (needed > this.#store.capacity || this.#store.owners > 1) this.#copyStore(needed);
    const store = this.#store;
    const size = this.layout.keyValueHeadCount * length * this.layout.headSize;
    for (let side = 0; side < store.sides.length; side++) {
      const values = outputs[cacheName('new', side)]!.data as Float32Array;
      for (let index = 0; index < rows; index++) {
        const row = firstRow + index;
        store.write(side, row, this.lengths[row]!, values.subarray(index * size, (index + 1) * size), length);
      }
    }
    for (let row = firstRow; row < firstRow + rows; row++) {
      const start = row * store.capacity + this.lengths[row]!;
      this.#mask.fill(0, start, start + length);
      this.lengths[row]! += length;
    }
  }

  #copyStore(needed: number): void {
    const old = this.#store;
    const store = new CacheStore(this.layout, old.rowCount, Math.max(needed, ...this.lengths));
    this.lengths.forEach((length, row) => {
      store.copyRow(row, old, row, length);
    });
    this.#replace(store, this.lengths);
  }

  #replace(store: CacheStore, lengths: readonly number[]): void {
    this.#store.owners--;
    this.#store = store;
    this.lengths.splice(0, this.lengths.length, ...lengths);
    this.#mask = this.#freshMask();
  }

  #freshMask(): Float32Array {
    const { capacity } = this.#store;
    const mask = new Float32Array(this.lengths.length * capacity).fill(Number.NEGATIVE_INFINITY);
    this.lengths.forEach((length, row) => {
      mask.fill(0, row * capacity, row * capacity + length);
    });
    return mask;
  }
}

function cacheName(prefix: 'past' | 'new', side: number): string {
  return `${prefix}.${side >> 1}.${side & 1 ? 'value' : 'key'}`;
}
