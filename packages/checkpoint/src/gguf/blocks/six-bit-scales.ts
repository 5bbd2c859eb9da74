/**
 * Unpacks the 12 bytes that Q4_K and Q5_K keep the 6-bit scales and minimums of their 8 groups in: groups 0
 * to 3 have theirs in the low six bits of bytes 0 to 3 (scales) and 4 to 7 (minimums); groups 4 to 7 have
 * their low four bits in bytes 8 to 11 (scale low half, minimum high half) and their upper two in the top
 * bits of the first eight.
 * @param result 16 numbers: the 8 scales, then the 8 minimums
 */
export function sixBitScales(bytes: Uint8Array, from: number, result: Uint8Array): void {
  for (let i = 0; i < 4; i++) {
    const scale = bytes[from + i]!;
    const minimum = bytes[from + 4 + i]!;
    const low = bytes[from + 8 + i]!;
    result[i] = scale & 63;
    result[8 + i] = minimum & 63;
    result[4 + i] = (low & 15) | ((scale >> 6) << 4);
    result[12 + i] = (low >> 4) | ((minimum >> 6) << 4);
  }
}
