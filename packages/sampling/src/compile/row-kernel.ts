import type { Rest } from './cut-nucleus';
import type { RowProbe } from './probe-row';

/** What a {@link RowKernel} found: how many ids it wrote, and what the others weigh. NaN when a score is NaN. */
export interface KernelRest extends Rest {
  readonly count: number;
}

/**
 * Takes over the heavy pass of a compiled chain, e.g. the one of `@nexttoken/sampling/simd`. It may be less exact
 * than the chain's own pass as long as it says by how much: where its error could matter, the chain's own pass
 * decides. It belongs to one thread, as whatever it keeps between calls does.
 */
export interface RowKernel {
  readonly kind: 'row-kernel';
  /**
   * Lists the ids of the highest scores `fround(row[id] / divisor)` in ascending order and adds up the weights of
   * all others, each of them lower than every listed one.
   *
   * @param row not changed, shape `[vocabSize]`
   * @param divisor a float32 number > 0
   * @param share how much of the whole weight the others may have, roughly, by the sample
   * @param ids receives the ids, shape `[vocabSize]`
   * @returns undefined where the scores are beyond what it can weigh
   */
  weighRest(
    row: Float32Array,
    divisor: number,
    probe: RowProbe,
    share: number,
    ids: Int32Array,
  ): KernelRest | undefined;
}
