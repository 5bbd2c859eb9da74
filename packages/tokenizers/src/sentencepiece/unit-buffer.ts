/** Collects UTF-16 units, each with the place in the original text that it came from. */
export interface UnitBuffer {
  readonly length: number;
  /** Puts all units of `text` behind, all from `origin`. */
  push(text: string, origin: number): void;
  unitAt(index: number): number;
  originAt(index: number): number;
  /** Drops the last unit. */
  pop(): void;
  text(): string;
  /** Origins by unit, and `end` behind the last one. */
  origins(end: number): Int32Array;
}

export function createUnitBuffer(expected: number): UnitBuffer {
  let units = new Uint16Array(expected + 16);
  let origins = new Int32Array(expected + 16);
  let length = 0;
  const grow = (needed: number) => {
    const size = Math.max(needed, units.length * 2);
    const [moreUnits, moreOrigins] = [new Uint16Array(size), new Int32Array(size)];
    moreUnits.set(units);
    moreOrigins.set(origins);
    [units, origins] = [moreUnits, moreOrigins];
  };
  return {
    get length() {
      return length;
    },
    push(text, origin) {
      if (length + text.length > units.length) grow(length + text.length);
      for (let i = 0; i < text.length; i++, length++) {
        units[length] = text.charCodeAt(i);
        origins[length] = origin;
      }
    },
    unitAt: (index) => units[index]!,
    originAt: (index) => origins[index]!,
    pop() {
      length -= 1;
    },
    text() {
      const parts: string[] = [];
      for (let at = 0; at < length; at += 8192) {
        parts.push(String.fromCharCode(...units.subarray(at, Math.min(length, at + 8192))));
      }
      return parts.join('');
    },
    origins(end) {
      const all = new Int32Array(length + 1);
      all.set(origins.subarray(0, length));
      all[length] = end;
      return all;
    },
  };
}
