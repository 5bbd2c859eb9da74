import { decodeUtf8 } from './utf8';
import { createUtf8Validator } from './utf8-validator';

/** Bytes in, text out, without ever cutting a character; together exactly what decoding all at once gives. */
export interface Utf8Reader {
  push(bytes: Uint8Array): string;
  /** What is left: an incomplete character as one U+FFFD. */
  flush(): string;
}

const nothing = new Uint8Array(0);

export function createUtf8Reader(): Utf8Reader {
  let held = nothing;
  return {
    push(bytes) {
      const all = held.length === 0 ? bytes : concatenate(held, bytes);
      const cut = all.length - incompleteTail(all);
      held = cut === all.length ? nothing : all.slice(cut);
      return decodeUtf8(all.subarray(0, cut));
    },
    flush() {
      const rest = decodeUtf8(held);
      held = nothing;
      return rest;
    },
  };
}

/** How many bytes at the end (0 to 3) begin a character that more bytes may complete. */
function incompleteTail(bytes: Uint8Array): number {
  for (let length = 1; length <= 3 && length <= bytes.length; length++) {
    const lead = bytes[bytes.length - length]!;
    if (lead < 0x80) return 0;
    if (lead < 0xc0) continue;
    const validator = createUtf8Validator();
    for (let i = bytes.length - length; i < bytes.length; i++) if (!validator.push(bytes[i]!)) return 0;
    return validator.complete ? 0 : length;
  }
  return 0;
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
