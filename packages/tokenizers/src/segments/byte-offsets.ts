import type { TokenOffset } from '@nexttoken/model';

/**
 * Offsets in UTF-8 bytes of offsets in UTF-16 units. An offset within a surrogate pair counts from the character's
 * beginning. Cost O(length of the text).
 */
export function byteOffsets(text: string, offsets: readonly TokenOffset[]): TokenOffset[] {
  const bytes = new Int32Array(text.length + 1);
  let reached = 0;
  for (let at = 0; at < text.length; at++) {
    bytes[at] = reached;
    const codePoint = text.codePointAt(at)!;
    if (codePoint > 0xffff) {
      bytes[++at] = reached;
      reached += 4;
    } else reached += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : 3;
  }
  bytes[text.length] = reached;
  return offsets.map(([start, end]) => [bytes[start]!, bytes[end]!] as const);
}
