import { NextTokenError } from '@nexttoken/model';
import type { ByteSource } from '../source/byte-source';
import { truncated } from '../source/check-range';
import { describeStart } from '../source/describe-start';

/** The format's own limit. */
const headerLimit = 100_000_000;

/** The parsed JSON header of a safetensors file and where its data part begins. */
export interface SafetensorsHeader {
  readonly entries: Readonly<Record<string, unknown>>;
  readonly dataOffset: number;
}

/**
 * Reads the 8 bytes of header length (little-endian) and the JSON object behind them.
 * @throws NextTokenError `invalid-file`
 */
export async function readSafetensorsHeader(source: ByteSource): Promise<SafetensorsHeader> {
  const path = source.name;
  if (source.size < 8) throw truncated(path, 8 - source.size, 'the header length', { tensor: null });
  const start = await source.read(0, Math.min(32, source.size));
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  const isObject = start.length < 9 || start[8] === 0x7b;
  if (length > headerLimit || length < 2 || !isObject) {
    const what = describeStart(start) ?? `header length ${length}, then no "{"`;
    throw new NextTokenError('invalid-file', `${path} is no safetensors file: ${what}`, {
      path,
      headerLength: length,
      limit: headerLimit,
    });
  }
  const missing = 8 + length - source.size;
  if (missing > 0) throw truncated(path, missing, 'its header', { tensor: null });
  return { entries: parse(path, await source.read(8, length)), dataOffset: 8 + length };
}

function parse(path: string, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new NextTokenError('invalid-file', `${path}: the header is no JSON`, { path }, { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new NextTokenError('invalid-file', `${path}: the header is no JSON object`, { path });
  }
  return parsed as Record<string, unknown>;
}
