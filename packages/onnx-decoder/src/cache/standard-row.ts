import type { DeviceMemory } from '../device/device-memory';
import { SharedTensor } from '../device/shared-tensor';

export type CacheData = Float32Array | Uint16Array;

/** One side of a row: numbers on the host, or a tensor on the device. */
export type RowSide = CacheData | SharedTensor;

/** One row's `present` tensors, keys and values by turns; never written to, so rows may share them. */
export class StandardRow {
  #users = 1;

  constructor(
    /** Empty for a row without positions. */
    public sides: readonly RowSide[],
    readonly length: number,
    readonly device: DeviceMemory | undefined,
  ) {}

  retain(): this {
    this.#users++;
    return this;
  }

  release(): void {
    if (--this.#users > 0 || !this.device) return;
    this.device.enqueue(() => {
      for (const side of this.sides) if (side instanceof SharedTensor) side.release();
    });
  }

  /** The first `length` positions, in new memory. */
  cut(length: number, shape: { readonly keyValueHeadCount: number; readonly headSize: number }): StandardRow {
    const { device, sides } = this;
    if (length === 0) return new StandardRow([], 0, device);
    if (!device)
      return new StandardRow(
        sides.map((side) => cutData(side as CacheData, { from: this.length, to: length, ...shape })),
        length,
        device,
      );
    const row = new StandardRow([], length, device);
    this.retain();
    device.enqueue(async () => {
      row.sides = await device.cut(this.sides as readonly SharedTensor[], length);
    });
    this.release();
    return row;
  }
}

/** The first `to` of `from` positions of a `[keyValueHeads, positions, headSize]` array, in a new one. */
function cutData(
  data: CacheData,
  sizes: {
    readonly from: number;
    readonly to: number;
    readonly keyValueHeadCount: number;
    readonly headSize: number;
  },
): CacheData {
  const { keyValueHeadCount, headSize, from, to } = sizes;
  const count = to * headSize;
  const size = keyValueHeadCount * count;
  const cut = data instanceof Float32Array ? new Float32Array(size) : new Uint16Array(size);
  for (let head = 0; head < keyValueHeadCount; head++) {
    const start = head * from * headSize;
    cut.set(data.subarray(start, start + count), head * count);
  }
  return cut;
}
