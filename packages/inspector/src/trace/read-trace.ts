import type { RunRecord } from '@nexttoken/generate';
import { checkHeader } from './check-header';
import { crc32 } from './crc32';
import type { Trace, TraceBlockName, TraceHeader } from './trace-data';
import { arrayOver, headerStart, invalidTrace, magic, type TraceArray } from './trace-layout';

/** Bytes at a place that typed arrays can look at. */
function alignedBytes(file: Uint8Array | ArrayBuffer): Uint8Array {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

function parseHeader(bytes: Uint8Array): { readonly value: unknown; readonly end: number } {
  if (bytes.length < headerStart || magic.some((byte, index) => bytes[index] !== byte)) {
    throw invalidTrace('file', 'does not begin as one');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(magic.length, true);
  const end = headerStart + length;
  if (length % 8 !== 0 || view.getUint32(magic.length + 4, true) !== 0) {
    throw invalidTrace('header', 'has no legal length');
  }
  if (end > bytes.length)
    throw invalidTrace('header', `is cut off: ${end} bytes are needed, ${bytes.length} are there`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(headerStart, end));
    return { value: JSON.parse(text), end };
  } catch (error) {
    throw invalidTrace('header', 'is no JSON', error);
  }
}

function readBlocks({ blocks, run }: TraceHeader, body: Uint8Array): ReadonlyMap<TraceBlockName, TraceArray> {
  return new Map(
    blocks.map(({ name, dtype, offset, byteLength, crc32: expected }) => {
      const bytes = body.subarray(offset, offset + byteLength);
      if (crc32(bytes) !== expected) throw invalidTrace(name, 'is damaged: its checksum does not fit');
      const data = arrayOver(dtype, bytes);
      const { vocabSize } = run.model;
      if (name === 'top-ids' && data.some((id) => id < 0 || id >= vocabSize)) {
        throw invalidTrace(name, 'has ids beyond the vocabulary');
      }
      return [name, data];
    }),
  );
}

/**
 * Reads a trace file, with everything in it checked: format, every field of the header, places, shapes and checksums of
 * the blocks.
 *
 * @param file as {@link writeTrace} made it; the arrays are views of it
 * @throws NextTokenError `invalid-trace` for anything else; details: field
 * Cost: one pass over the bytes.
 */
export function readTrace(file: Uint8Array | ArrayBuffer): Trace {
  const bytes = alignedBytes(file);
  const { value, end } = parseHeader(bytes);
  const header = checkHeader(value, bytes.length - end);
  const blocks = readBlocks(header, bytes.subarray(end));
  const { vocabSize } = header.run.model;
  const rowOf = (name: 'logits' | 'scores', step: number): Float32Array | undefined => {
    const index = header.steps.indexOf(step);
    const data = blocks.get(name) as Float32Array | undefined;
    return index < 0 ? undefined : data?.subarray(index * vocabSize, (index + 1) * vocabSize);
  };
  return {
    header,
    run: header.run as RunRecord,
    blocks,
    logitsOf: (step) => rowOf('logits', step),
    scoresOf: (step) => rowOf('scores', step),
  };
}
