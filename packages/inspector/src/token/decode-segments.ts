/** A run of bytes: the text they spell, or the bytes where they spell none. */
export type ByteSegment = { readonly text: string } | { readonly bytes: Uint8Array };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeExactly(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** How many bytes a character takes that begins with this one; 0: none begins so. */
function lengthFrom(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** The character that starts at `start`, if the bytes there are one in UTF-8. */
function characterAt(bytes: Uint8Array, start: number): { text: string; length: number } | undefined {
  const length = lengthFrom(bytes[start]!);
  const slice = bytes.subarray(start, start + length);
  if (length === 0 || slice.length < length) return undefined;
  if (slice.subarray(1).some((byte) => (byte & 0xc0) !== 0x80)) return undefined;
  const text = decodeExactly(slice);
  return text === undefined ? undefined : { text, length };
}

/** Splits bytes into the parts that are UTF-8 and the parts that are not, in order. */
export function decodeSegments(bytes: Uint8Array): ByteSegment[] {
  const whole = decodeExactly(bytes);
  if (whole !== undefined) return [{ text: whole }];
  const segments: ByteSegment[] = [];
  for (let index = 0; index < bytes.length; ) {
    const character = characterAt(bytes, index);
    const last = segments.at(-1);
    if (character) {
      if (last && 'text' in last) segments.pop();
      segments.push({ text: (last && 'text' in last ? last.text : '') + character.text });
    } else {
      if (last && 'bytes' in last) segments.pop();
      segments.push({ bytes: Uint8Array.of(...(last && 'bytes' in last ? last.bytes : []), bytes[index]!) });
    }
    index += character?.length ?? 1;
  }
  return segments;
}
