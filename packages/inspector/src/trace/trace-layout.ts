import { NextTokenError } from '@nexttoken/model';
import type { TraceBlockName, TraceDtype } from './trace-data';

/** The first eight bytes of every trace file. */
export const magic = /* @__PURE__ */ Uint8Array.of(0x4e, 0x54, 0x54, 0x52, 0x41, 0x43, 0x45, 0x0a);
/** Magic, length of the header (32 bits, little-endian), four bytes of zero. */
export const headerStart = 16;
/** Blocks begin at multiples of it, and so do they end. */
const alignment = 8;
export const traceFormat = 'nexttoken-trace-1';

export const dtypeOf: Readonly<Record<TraceBlockName, TraceDtype>> = {
  logits: 'f32',
  scores: 'f32',
  'top-ids': 'i32',
  'top-logits': 'f32',
  'log-totals': 'f64',
  'hidden-states': 'f32',
  attention: 'f32',
};

const arrays = { f32: Float32Array, f64: Float64Array, i32: Int32Array } as const;
export type TraceArray = Float32Array | Float64Array | Int32Array;
export const bytesPerNumber = (dtype: TraceDtype): number => arrays[dtype].BYTES_PER_ELEMENT;

/** A typed array over bytes of the file. */
export function arrayOver(dtype: TraceDtype, bytes: Uint8Array): TraceArray {
  const length = bytes.byteLength / bytesPerNumber(dtype);
  return new arrays[dtype](bytes.buffer as ArrayBuffer, bytes.byteOffset, length);
}

export const aligned = (length: number): number => Math.ceil(length / alignment) * alignment;

/** @param field what of the file is not as it should be */
export function invalidTrace(field: string, reason: string, cause?: unknown): NextTokenError {
  const message = `this is no trace: ${field} ${reason}`;
  return new NextTokenError('invalid-trace', message, { field }, cause === undefined ? undefined : { cause });
}
