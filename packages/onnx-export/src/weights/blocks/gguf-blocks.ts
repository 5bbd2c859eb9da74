import { float16Table } from '@nexttoken/checkpoint';
import type { BlockRows, BlockStructure, RowRoom } from './block-rows';

/** A GGUF block type whose blocks are taken over as they are. */
export interface GgufBlocks extends BlockStructure {
  /** Values and bytes of one block of the file, which may be several of `blockSize`. */
  readonly values: number;
  readonly bytes: number;
  /** Reads one block of the file. @param at where it begins @param block the first one to write */
  unpack(bytes: Uint8Array, at: number, block: number, to: Required<BlockRows>): void;
  /** The same for all blocks at once, where that is quicker. @param bytes begin at a multiple of 4 */
  unpackAll?(bytes: Uint8Array, to: Required<BlockRows>, room: RowRoom): void;
}

const half = (bytes: Uint8Array, at: number) => float16Table()[bytes[at]! | (bytes[at + 1]! << 8)]!;

/** 16 bytes with value i in the low and value 16 + i in the high half become neighbours by neighbours. */
function pairNibbles(bytes: Uint8Array, at: number, codes: Uint8Array, to: number): void {
  for (let i = 0; i < 8; i++) {
    const pair = bytes[at + 2 * i]! | (bytes[at + 2 * i + 1]! << 8);
    codes[to + i] = (pair & 15) | ((pair >> 4) & 240);
    codes[to + 8 + i] = ((pair >> 4) & 15) | ((pair >> 8) & 240);
  }
}

/** The low halves of a word's four bytes as two bytes, neighbours in one. */
function pairs(word: number): number {
  const low = word & 0x0f0f0f0f;
  const joined = low | (low >>> 4);
  return (joined & 0xff) | ((joined >>> 8) & 0xff00);
}

const symmetric = { zeros: false, offsets: false } as const;

/** w = d · (q − 8). */
const q4_0: GgufBlocks = {
  ...{ bits: 4, blockSize: 32, ...symmetric, values: 32, bytes: 18 },
  unpack(bytes, at, block, { codes, scales }) {
    scales[block] = half(bytes, at);
    pairNibbles(bytes, at + 2, codes, block * 16);
  },
};

/** w = d · q + m = d · (q − 8) + (m + 8 · d). */
const q4_1: GgufBlocks = {
  ...{ bits: 4, blockSize: 32, zeros: false, offsets: true, values: 32, bytes: 20 },
  unpack(bytes, at, block, { codes, scales, offsets }) {
    const d = half(bytes, at);
    scales[block] = d;
    offsets[block] = half(bytes, at + 2) + 8 * d;
    pairNibbles(bytes, at + 4, codes, block * 16);
  },
  unpackAll(bytes, { codes, scales, offsets }, { rowBlocks, further }) {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const table = float16Table();
    const packed = new Uint32Array(codes.buffer, codes.byteOffset, codes.length / 4);
    for (let block = 0, at = 0; at < words.length; block += further)
      for (const end = block + rowBlocks; block < end; block++, at += 5) {
        const numbers = words[at]!;
        const d = table[numbers & 0xffff]!;
        scales[block] = d;
        offsets[block] = table[numbers >>> 16]! + 8 * d;
        const a = words[at + 1]!;
        const b = words[at + 2]!;
        const c = words[at + 3]!;
        const e = words[at + 4]!;
        const to = block * 4;
        packed[to] = pairs(a) | (pairs(b) << 16);
        packed[to + 1] = pairs(c) | (pairs(e) << 16);
        packed[to + 2] = pairs(a >>> 4) | (pairs(b >>> 4) << 16);
        packed[to + 3] = pairs(c >>> 4) | (pairs(e >>> 4) << 16);
      }
  },
};

/** w = d · q with signed q. */
const q8_0: GgufBlocks = {
  ...{ bits: 8, blockSize: 32, ...symmetric, values: 32, bytes: 34 },
  unpack(bytes, at, block, { codes, scales }) {
    scales[block] = half(bytes, at);
    for (let i = 0; i < 32; i++) codes[block * 32 + i] = bytes[at + 2 + i]! ^ 128;
  },
  unpackAll(bytes, { codes, scales }, { rowBlocks, further }) {
    const words = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
    const table = float16Table();
    const packed = new Uint16Array(codes.buffer, codes.byteOffset, codes.length / 2);
    for (let block = 0, at = 0; at < words.length; block += further)
      for (const last = block + rowBlocks; block < last; block++) {
        scales[block] = table[words[at++]!]!;
        for (let to = block * 16, end = to + 16; to < end; to++) packed[to] = words[at++]! ^ 0x8080;
      }
  },
};

/** Eight groups of 32 with 6-bit scales s and minimums m: w = d · s · (q − 8) + (8 · d · s − dmin · m). */
const q4_k: GgufBlocks = {
  ...{ bits: 4, blockSize: 32, zeros: false, offsets: true, values: 256, bytes: 144 },
  unpack(bytes, at, block, { codes, scales, offsets }) {
    const d = half(bytes, at);
    const minimum = half(bytes, at + 2);
    const packed = at + 4;
    for (let group = 0; group < 8; group++) {
      const low = group & 3;
      const first = bytes[packed + low]!;
      const second = bytes[packed + 4 + low]!;
      const third = bytes[packed + 8 + low]!;
      const s = group < 4 ? first & 63 : (third & 15) | ((first >> 6) << 4);
      const m = group < 4 ? second & 63 : (third >> 4) | ((second >> 6) << 4);
      scales[block + group] = d * s;
      offsets[block + group] = 8 * d * s - minimum * m;
      const quants = at + 16 + (group >> 1) * 32;
      const shift = (group & 1) * 4;
      const to = (block + group) * 16;
      for (let i = 0; i < 16; i++) {
        const even = (bytes[quants + 2 * i]! >> shift) & 15;
        codes[to + i] = even | (((bytes[quants + 2 * i + 1]! >> shift) & 15) << 4);
      }
    }
  },
};

/** Sixteen groups of 16 with signed 8-bit scales s: w = d · s · (q − 32). */
const q6_k: GgufBlocks = {
  ...{ bits: 8, blockSize: 16, ...symmetric, values: 256, bytes: 210 },
  unpack(bytes, at, block, { codes, scales }) {
    const d = half(bytes, at + 208);
    for (let group = 0; group < 16; group++) {
      const s = bytes[at + 192 + group]!;
      scales[block + group] = d * (s > 127 ? s - 256 : s);
    }
    for (let run = 0; run < 8; run++) {
      const low = at + (run >> 2) * 64 + (run & 1) * 32;
      const high = at + 128 + (run >> 2) * 32;
      const lowShift = ((run & 3) >> 1) * 4;
      const highShift = (run & 3) * 2;
      const to = block * 16 + run * 32;
      for (let i = 0; i < 32; i++) {
        const q = ((bytes[low + i]! >> lowShift) & 15) | (((bytes[high + i]! >> highShift) & 3) << 4);
        codes[to + i] = q + 96;
      }
    }
  },
};

/** By the type's name in the file. Sources: ggml's block layouts, as `@nexttoken/checkpoint` dequantizes them. */
export const ggufBlocks: ReadonlyMap<string, GgufBlocks> = new Map([
  ['Q4_0', q4_0],
  ['Q4_1', q4_1],
  ['Q4_K', q4_k],
  ['Q8_0', q8_0],
  ['Q6_K', q6_k],
]);

/** The blocks of whole rows. @param room default: none */
export function unpackGguf(format: GgufBlocks, bytes: Uint8Array, room?: RowRoom): BlockRows {
  const perBlock = format.values / format.blockSize;
  const own = (bytes.length / format.bytes) * perBlock;
  const { rowBlocks, further } = room ?? { rowBlocks: own, further: 0 };
  const blocks = own + (own / rowBlocks) * further;
  const rows = {
    codes: new Uint8Array((blocks * format.blockSize * format.bits) / 8),
    scales: new Float32Array(blocks),
    zeros: new Uint8Array(0),
    offsets: new Float32Array(format.offsets ? blocks : 0),
  };
  if (format.unpackAll && bytes.byteOffset % 4 === 0) format.unpackAll(bytes, rows, { rowBlocks, further });
  else
    for (let block = 0, at = 0; at < bytes.length; block += further)
      for (const end = block + rowBlocks; block < end; block += perBlock, at += format.bytes)
        format.unpack(bytes, at, block, rows);
  const { codes, scales, offsets } = rows;
  return format.offsets ? { codes, scales, offsets } : { codes, scales };
}
