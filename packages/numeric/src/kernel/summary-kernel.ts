import { powers } from '../row/exponential-sum';
import { summaryKernelBase64 } from './summary-kernel-binary';

/** What the module exports; see summary-kernel-bytes.ts. Addresses are in bytes. */
interface SummaryKernelExports {
  readonly memory: WebAssembly.Memory;
  largest(end: number): number;
  near(score: number): number;
  exponentialSum(end: number, shift: number): number;
}

/** Where the row begins in the module's memory, in bytes. */
export const rowStart = 65_536;
const pageSize = 65_536;
const bytesPerScore = 4;

/**
 * WebAssembly that takes two and four scores at a time. Its memory holds one row, the longest that came;
 * rows are copied there, which takes little of what is saved.
 */
export class SummaryKernel {
  readonly #exports: SummaryKernelExports;
  #row: Float32Array<ArrayBuffer> = new Float32Array(0);
  #end = rowStart;

  constructor() {
    const bytes = Uint8Array.from(atob(summaryKernelBase64), (character) => character.charCodeAt(0));
    const module = new WebAssembly.Module(bytes);
    this.#exports = new WebAssembly.Instance(module).exports as unknown as SummaryKernelExports;
    new Float64Array(this.#exports.memory.buffer, 0, powers.length).set(powers);
  }

  /** Takes a row over, which the other methods then look at. @param scores at least one */
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
    return this.#exports.exponentialSum(this.#end, shift);
  }

  #makeRoom(length: number): void {
    const { memory } = this.#exports;
    const bytes = rowStart + length * bytesPerScore;
    memory.grow(Math.max(0, Math.ceil((bytes - memory.buffer.byteLength) / pageSize)));
    this.#row = new Float32Array(memory.buffer as ArrayBuffer, rowStart);
  }
}

let kernel: SummaryKernel | null | undefined;

/**
 * The kernel of this thread; null where there is no WebAssembly with vectors, or a page's Content-Security-Policy forbids it:
 * the functions that use it then count in JavaScript, to the same bits.
 */
export function summaryKernel(): SummaryKernel | null {
  if (kernel === undefined)
    try {
      kernel = new SummaryKernel();
    } catch {
      kernel = null;
    }
  return kernel;
}
