import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-common';
import { beforeEach, describe, expect, test } from 'vitest';
import { liveHandles } from '../decoder/live-handles';
import type { OnnxRuntime } from '../runtime';
import { DeviceMemory } from './device-memory';
import { deviceCacheMemory } from './device-store';
import { Lane } from './lane';

const shape = { layerCount: 1, keyValueHeadCount: 2, headSize: 2 };

/** As much of a tensor as the device's memory looks at. */
class FakeTensor {
  disposed = false;
  readonly size: number;
  constructor(
    readonly type: string,
    readonly data: Float32Array | BigInt64Array,
    readonly dims: readonly number[],
  ) {
    this.size = data.length;
  }
  dispose(): void {
    expect(this.disposed).toBe(false);
    this.disposed = true;
  }
}
const value = (name: string, shape: readonly number[]) => ({ name, isTensor: true, type: 'float32', shape });
const inputs = ['past.0.key', 'past.0.value'].map((name) => value(name, [1, 2, 1, 1, 8, 2]));
/** A session of a graph with one layer. */
const session = {
  inputNames: ['input_ids', 'past.0.key', 'past.0.value'],
  outputNames: ['logits'],
  inputMetadata: inputs,
  outputMetadata: [value('logits', [1, 5])],
} as unknown as InferenceSession;

type Feeds = Record<string, FakeTensor>;

/** What the graphs do, in JavaScript; counts runs. */
function fakeDevice() {
  const runs = { zeros: 0, move: 0 };
  let fail = false;
  const run = async (feeds: Feeds): Promise<Feeds> => {
    await Promise.resolve();
    if (fail) throw new Error('out of memory');
    for (const { disposed } of Object.values(feeds)) expect(disposed).toBe(false);
    if (feeds.shape) {
      runs.zeros++;
      const dims = [...feeds.shape.data].map(Number);
      const size = dims.reduce((a, b) => a * b, 1);
      return { zeros: new FakeTensor('float32', new Float32Array(size), dims) };
    }
    runs.move++;
    const { to, from } = feeds as { to: FakeTensor; from: FakeTensor };
    return Object.fromEntries(
      [0, 1].map((side) => {
        const target = feeds[`target.${side}`]!;
        const source = feeds[`source.${side}`]!;
        const data = (target.data as Float32Array).slice();
        const offset = (tensor: FakeTensor, addresses: FakeTensor, row: number) => {
          const rank = addresses.dims[1]!;
          expect(rank).toBe(tensor.dims.length - 1);
          let at = 0;
          for (let axis = 0; axis < rank; axis++) {
            const index = Number(addresses.data[row * rank + axis]);
            expect(index).toBeLessThan(tensor.dims[axis]!);
            at = at * tensor.dims[axis]! + index;
          }
          return at * 2;
        };
        for (let row = 0; row < to.dims[0]!; row++) {
          const start = offset(source, from, row);
          data.set((source.data as Float32Array).subarray(start, start + 2), offset(target, to, row));
        }
        return [`out.${side}`, new FakeTensor('float32', data, target.dims)];
      }),
    );
  };
  const access = {
    runtime: { Tensor: FakeTensor } as unknown as OnnxRuntime,
    lane: new Lane(),
    openGraph: async () => ({ release: async () => {} }) as InferenceSession,
    run: (_: InferenceSession, feeds: Record<string, Tensor>) =>
      run(feeds as unknown as Feeds) as unknown as Promise<InferenceSession.ReturnType>,
  };
  return { access, runs, breakIt: () => (fail = true) };
}

describe('DeviceStore', () => {
  let device: ReturnType<typeof fakeDevice>;
  let memory: DeviceMemory;
  beforeEach(async () => {
    device = fakeDevice();
    memory = await DeviceMemory.open(device.access, session);
  });
  const read = async (store: { tensor(side: number, first: number, groups: number): Tensor }, side = 0) => {
    await memory.lane.idle();
    return [...((store.tensor(side, 0, 1) as TypedTensor<'float32'>).data as Float32Array)];
  };

  test('what is asked for in a row goes in one run, and reads what was there before', async () => {
    const stores = deviceCacheMemory(memory, shape);
    const tails = stores.tails({ groups: 1, slots: 2 });
    const values = [0, 1].map((side) => {
      const data = Float32Array.from({ length: 2 * 2 * 3 * 2 }, (_, i) => i + 1 + 100 * side);
      return new FakeTensor('float32', data, [1, 2, 1, 2, 3, 2]);
    });
    const { SharedTensor } = await import('./shared-tensor');
    const fresh = values.map((tensor) => new SharedTensor(tensor as unknown as Tensor));
    tails.write({ place: 0, position: 0 }, fresh, { place: 0, slots: 2, length: 3 });
    tails.write({ place: 1, position: 2 }, fresh, { place: 1, slots: 2, length: 3 });
    const clone = tails.clone();
    tails.copy({ place: 0, position: 5 }, tails, { place: 1, position: 2 }, 2);
    expect((await read(tails)).slice(0, 16)).toEqual([1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 7, 8, 9, 10, 0, 0]);
    expect((await read(clone)).slice(0, 16)).toEqual([1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect((await read(tails, 1)).slice(0, 4)).toEqual([101, 102, 103, 104]);
    expect(device.runs).toEqual({ zeros: 1, move: 2 });
    const trunks = stores.trunks(1);
    trunks.copy({ place: 0, position: 1 }, tails, { place: 0, position: 0 }, 2);
    expect((await read(trunks)).slice(0, 8)).toEqual([0, 0, 1, 2, 3, 4, 0, 0]);
    for (const store of [tails, clone, trunks]) store.release();
    memory.enqueue(() => {
      for (const side of fresh) side.release();
    });
    await memory.lane.idle();
    expect(liveHandles().tensors).toBe(0);
  });

  test('all sides of an empty store are one tensor', async () => {
    const store = deviceCacheMemory(memory, shape).trunks(2);
    await memory.lane.idle();
    expect(new Set(store.buffers).size).toBe(1);
    store.release();
    await memory.lane.idle();
    expect(liveHandles().tensors).toBe(0);
  });

  test('a failure is told by whatever comes next', async () => {
    device.breakIt();
    deviceCacheMemory(memory, shape).trunks(2);
    await memory.lane.idle();
    expect(() => memory.check()).toThrow('out of memory');
  });
});
