import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { graphLayout, type LayoutHints } from '../layout/graph-layout';
import type { OnnxRuntime } from '../runtime';
import { cutGraph, moveGraph, zerosGraph } from './device-graphs';
import type { Lane } from './lane';
import { SharedTensor } from './shared-tensor';

/** What an adapter gives so that a cache can stay on its device. */
export interface DeviceAccess {
  readonly runtime: OnnxRuntime;
  /** Everything that runs or frees goes through here. */
  readonly lane: Lane;
  /** Opens a small graph on the device; its outputs stay there. */
  openGraph(graph: Uint8Array<ArrayBuffer>): Promise<InferenceSession>;
  /** Runs one, as the adapter guards its runs; called within the lane. */
  run(session: InferenceSession, feeds: Record<string, Tensor>): Promise<InferenceSession.ReturnType>;
}

/**
 * Tensors on the device and what can be done with them without bringing them to the host: small graphs of
 * standard operators make, move and cut them. Every operation makes new tensors; all are done in the order in
 * which they were asked for.
 */
export class DeviceMemory {
  #failure: { readonly error: unknown } | undefined;

  private constructor(
    readonly access: DeviceAccess,
    readonly sides: number,
    readonly graphs: {
      readonly zeros?: InferenceSession;
      readonly move?: InferenceSession;
      readonly cut?: InferenceSession;
    },
  ) {}

  /** The memory for the cache of a decoder graph. @throws NextTokenError `invalid-file` as the model does */
  static async open(
    access: DeviceAccess,
    session: InferenceSession,
    hints: LayoutHints = {},
  ): Promise<DeviceMemory> {
    const { kind, layerCount, cacheType } = graphLayout(session, hints);
    const sides = 2 * layerCount;
    if (kind === 'standard')
      return new DeviceMemory(access, sides, { cut: await access.openGraph(cutGraph(sides, cacheType)) });
    const zeros = await access.openGraph(zerosGraph());
    const move = await access.openGraph(moveGraph(sides));
    return new DeviceMemory(access, sides, { zeros, move });
  }

  get lane(): Lane {
    return this.access.lane;
  }

  /** Asks for work whose result nobody waits for; if it fails, everything behind it does. */
  enqueue(work: () => Promise<void> | void): void {
    this.lane
      .add(async () => {
        if (!this.#failure) await work();
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
      });
  }

  /** @throws what an earlier piece of work failed with */
  check(): void {
    if (this.#failure) throw this.#failure.error;
  }

  async zeros(shape: readonly number[]): Promise<SharedTensor> {
    const { runtime } = this.access;
    const size = new runtime.Tensor('int64', BigInt64Array.from(shape, BigInt), [shape.length]);
    const outputs = await this.access.run(this.graphs.zeros!, { shape: size });
    return new SharedTensor(outputs.zeros as Tensor);
  }

  /**
   * Tensors equal to `targets` but for the rows at `to`, which come from the rows at `from` of `sources`.
   * @param to addresses in all axes but the last, one behind the other
   */
  async move(
    targets: readonly SharedTensor[],
    sources: readonly SharedTensor[],
    { to, from }: { readonly to: Addresses; readonly from: Addresses },
  ): Promise<SharedTensor[]> {
    const feeds: Record<string, Tensor> = { to: this.#indices(to), from: this.#indices(from) };
    targets.forEach(({ tensor }, side) => {
      feeds[`target.${side}`] = tensor;
      feeds[`source.${side}`] = sources[side]!.tensor;
    });
    return this.#collect(await this.access.run(this.graphs.move!, feeds));
  }

  /** The first `length` positions of `[batch, heads, positions, size]` tensors. */
  async cut(values: readonly SharedTensor[], length: number): Promise<SharedTensor[]> {
    const { runtime } = this.access;
    const feeds: Record<string, Tensor> = {
      length: new runtime.Tensor('int64', BigInt64Array.of(BigInt(length)), [1]),
    };
    values.forEach(({ tensor }, side) => {
      feeds[`value.${side}`] = tensor;
    });
    return this.#collect(await this.access.run(this.graphs.cut!, feeds));
  }

  /** Frees the graphs, behind everything that was asked for. */
  release(): Promise<void> {
    return this.lane.add(async () => {
      for (const graph of Object.values(this.graphs)) await graph.release();
    });
  }

  #indices({ rank, values }: Addresses): Tensor {
    return new this.access.runtime.Tensor('int64', BigInt64Array.from(values, BigInt), [
      values.length / rank,
      rank,
    ]);
  }

  #collect(outputs: InferenceSession.ReturnType): SharedTensor[] {
    return Array.from(
      { length: this.sides },
      (_, side) => new SharedTensor(outputs[`out.${side}`] as Tensor),
    );
  }
}

/** Rows of a tensor of rank + 1 axes: `rank` numbers each. */
export interface Addresses {
  readonly rank: number;
  readonly values: number[];
}
