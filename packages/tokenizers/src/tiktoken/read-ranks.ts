/** Byte strings by rank. */
export interface RankedBytes {
  /** All of them, one behind the other. */
  readonly arena: Uint8Array;
  /** Where each rank's bytes begin; one entry more than ranks. A rank without bytes is unused. */
  readonly starts: Int32Array;
}

/**
 * Reads a table as the package `tiktoken` stores it: lines of `name first-rank token token …`, the tokens in base64,
 * ranks rising. Cost O(length).
 */
export function readRanks(table: string): RankedBytes {
  const arena = new Uint8Array(table.length);
  const starts: number[] = [];
  let length = 0;
  for (const line of table.split('\n')) {
    const head = /^\S* (\d+) /.exec(line);
    if (head === null) continue;
    while (starts.length < Number(head[1])) starts.push(length);
    for (let at = head[0].length; at < line.length; at++) {
      starts.push(length);
      let end = line.indexOf(' ', at);
      if (end === -1) end = line.length;
      length = decodeBase64(line, at, end, arena, length);
      at = end;
    }
  }
  starts.push(length);
  return { arena: arena.slice(0, length), starts: Int32Array.from(starts) };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = Uint8Array.from({ length: 128 }, (_, unit) => alphabet.indexOf(String.fromCharCode(unit)));

/** @returns where the decoded bytes end */
function decodeBase64(text: string, start: number, end: number, bytes: Uint8Array, from: number): number {
  let length = from;
  let bits = 0;
  let count = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x3d) break;
    bits = ((bits << 6) | values[unit]!) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[length++] = (bits >> count) & 0xff;
  }
  return length;
}
