import { powers } from '../row/exponential-sum';
import { rowKernelBinary } from './row-kernel-binary';

/** `row-kernel.wat`, as it exports. Addresses are in bytes; a row begins at `rowStart`. */
interface RowKernelExports {
  readonly memory: WebAssembly.Memory;
  largest(end: number): number;
  near(score: number): number;
  exponential_sum(end: number, shift: number): number;
}

const rowStart = 65_536;
const pageSize = 65_536;
const bytesPerScore = 4;

/**
 * The row kernel: WebAssembly that takes two and four scores at a time. Its memory holds one row, the longest that came;
 * rows are copied there, which costs a fiftieth of what is saved.
 */
export class RowKernel {
  readonly #exports: RowKernelExports;
  #row: Float32Array<ArrayBuffer> = new Float32Array(0);
  #end = rowStart;

  constructor() {
    const module = new WebAssembly.Module(rowKernelBinary());
    this.#exports = new WebAssembly.Instance(module).exports as unknown as RowKernelExports;
    new Float64Array(this.#exports.memory.buffer, 0, powers.length).set(powers);
  }

  /** Takes a row over, which `largest` and `exponentialSum` then look at. @param scores at least one */
  read(scores: Float32Array): void {
    const length = Math.ceil(scores.length / 4) * 4;
    if (this.#row.length < length) this.#makeRoom(length);
    this.#row.set(scores);
    this.#row.fill(Number.NEGATIVE_INFINITY, scores.length, length);
    this.#end = rowStart + length * bytesPerScore;
  }

  /** As `maximum`. */
  largest(): number {
    return this.#exports.largest(this.#end);
  }

  /** As `indexOf`. @param score one that the row holds */
  indexOf(score: number): number {
    let index = (this.#exports.near(score) - rowStart) / bytesPerScore;
    while (this.#row[index] !== score) index++;
    return index;
  }

  /** As `exponentialSum`, to the last bit; `shift` is the row's maximum and finite. */
  exponentialSum(shift: number): number {
    return this.#exports.exponential_sum(this.#end, shift);
  }

  #makeRoom(length: number): void {
    const { memory } = this.#exports;
    const bytes = rowStart + length * bytesPerScore;
    memory.grow(Math.max(0, Math.ceil((bytes - memory.buffer.byteLength) / pageSize)));
    this.#row = new Float32Array(memory.buffer as ArrayBuffer, rowStart);
  }
}

let kernel: RowKernel | null | undefined;

/**
 * The kernel of this thread; null where there is no WebAssembly with vectors, or a page's Content-Security-Policy forbids it:
 * the functions that use it then count in JavaScript, to the same bits.
 */
export function rowKernel(): RowKernel | null {
  if (kernel === undefined)
    try {
      kernel = new RowKernel();
    } catch {
      kernel = null;
    }
  return kernel;
}
