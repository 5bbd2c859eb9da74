import { NextTokenError } from '@nexttoken/model';
import { idsAt, kernelBytes, sumAt, windowSize } from './kernel-bytes';

/** The module's memory as arrays, and its function; see {@link kernelBytes}. */
export interface WindowWeigher {
  /** Shape `[windowSize]`. */
  readonly scores: Float32Array;
  /** Shape `[windowSize]`. */
  readonly ids: Int32Array;
  /** One number: what `weigh` added up. */
  readonly sum: Float64Array;
  /** @returns how many ids were written */
  weigh(end: number, firstId: number, divisor: number, lowest: number, limit: number, magic: number): number;
}

/** Instantiates the module, at once: it has about 1 kB. */
export function instantiateWindowWeigher(): WindowWeigher {
  let exports: WebAssembly.Exports;
  try {
    exports = new WebAssembly.Instance(new WebAssembly.Module(kernelBytes())).exports;
  } catch (cause) {
    throw new NextTokenError(
      'unsupported-capability',
      'No WebAssembly SIMD here, or a content security policy forbids it: compile the chain without a kernel.',
      { capability: 'wasm-simd' },
      { cause },
    );
  }
  const { buffer } = exports.memory as WebAssembly.Memory;
  return {
    scores: new Float32Array(buffer, 0, windowSize),
    ids: new Int32Array(buffer, idsAt, windowSize),
    sum: new Float64Array(buffer, sumAt, 1),
    weigh: exports.weigh as WindowWeigher['weigh'],
  };
}
