import type { BlockFormat } from '../../numbers/block-format';
import { float16Table } from '../../numbers/float16-table';

/**
 * ggml's Q6_K: 256 values of 6 bits in 16 groups of 16, each with a signed byte s as its scale under one
 * half-precision d; `w = d · s · (q − 32)`, rounded once.
 * Layout: low four bits (128 bytes), upper two (64), scales (16), d (2). Each half of the block (128 values)
 * takes 64 bytes of the first and 32 of the second part: value i of its four runs of 32 has its low bits in
 * byte i or 32 + i (first two runs: low half, last two: high half) and its upper bits in byte i, two a run.
 */
export const q6_k: BlockFormat = {
  name: 'Q6_K',
  blockSize: 256,
  blockBytes: 210,
  dequantize(bytes, values) {
    const table = float16Table();
    const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let from = 0, to = 0; to < values.length; from += 210, to += 256) {
      const d = table[bytes[from + 208]! | (bytes[from + 209]! << 8)]!;
      for (let run = 0; run < 8; run++) {
        const inHalf = run & 3;
        const half = run >> 2;
        const low = from + half * 64 + (inHalf & 1) * 32;
        const high = from + 128 + half * 32;
        const lowShift = (inHalf >> 1) * 4;
        const highShift = inHalf * 2;
        for (let i = 0; i < 32; i++) {
          const q = ((bytes[low + i]! >> lowShift) & 15) | (((bytes[high + i]! >> highShift) & 3) << 4);
          values[to + run * 32 + i] = d * signed[from + 192 + run * 2 + (i >> 4)]! * (q - 32);
        }
      }
    }
  },
};
