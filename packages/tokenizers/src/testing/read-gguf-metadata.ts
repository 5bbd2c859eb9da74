import { closeSync, openSync, readSync } from 'node:fs';

/** The metadata of a GGUF file (version 1 to 3), for tests; the file's head must be within 8 MiB. */
export function readGgufMetadata(path: string): Record<string, unknown> {
  const bytes = Buffer.alloc(8 * 2 ** 20);
  const file = openSync(path, 'r');
  readSync(file, bytes, 0, bytes.length, 0);
  closeSync(file);
  let at = 4;
  const version = bytes.readUInt32LE(at);
  at += 4;
  const take = (count: number) => {
    at += count;
    return at - count;
  };
  const length = () => (version === 1 ? bytes.readUInt32LE(take(4)) : Number(bytes.readBigUInt64LE(take(8))));
  const string = () => {
    const size = length();
    return bytes.toString('utf8', take(size), at);
  };
  const scalars: Record<number, () => unknown> = {
    4: () => bytes.readUInt32LE(take(4)),
    5: () => bytes.readInt32LE(take(4)),
    6: () => bytes.readFloatLE(take(4)),
    7: () => bytes.readUInt8(take(1)) === 1,
    8: string,
    10: () => Number(bytes.readBigUInt64LE(take(8))),
  };
  const value = (type: number): unknown => {
    if (type !== 9) return scalars[type]!();
    const inner = bytes.readUInt32LE(take(4));
    return Array.from({ length: length() }, () => value(inner));
  };
  length();
  const metadata: Record<string, unknown> = {};
  for (let left = length(); left > 0; left--) {
    const key = string();
    metadata[key] = value(bytes.readUInt32LE(take(4)));
  }
  return metadata;
}
