/** Sizes of GGUF's value types by number; strings (8) and lists (9) have none. */
const sizes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const alignment = 32;

/** Copies a GGUF file of version 1, whose lengths have 32 bits, as version 3, whose lengths have 64. */
export function upgradeGguf(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const out: Uint8Array[] = [];
  let at = 0;
  const copy = (bytes: number): void => {
    out.push(file.subarray(at, at + bytes));
    at += bytes;
  };
  const integer = (): number => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const widened = (): number => {
    const value = integer();
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
    out.push(bytes);
    return value;
  };
  const text = (): void => copy(widened());
  const value = (type: number): void => {
    if (type === 8) text();
    else if (type !== 9) copy(sizes[type]!);
    else {
      const inner = view.getUint32(at, true);
      copy(4);
      for (let left = widened(); left > 0; left--) value(inner);
    }
  };

  copy(4);
  if (integer() !== 1) return file;
  out.push(Uint8Array.of(3, 0, 0, 0));
  const tensors = widened();
  for (let left = widened(); left > 0; left--) {
    text();
    const type = view.getUint32(at, true);
    copy(4);
    value(type);
  }
  for (let left = tensors; left > 0; left--) {
    text();
    const dimensions = view.getUint32(at, true);
    copy(4);
    for (let axis = 0; axis < dimensions; axis++) widened();
    copy(12);
  }
  const length = out.reduce((sum, piece) => sum + piece.length, 0);
  out.push(new Uint8Array((alignment - (length % alignment)) % alignment));
  at = Math.ceil(at / alignment) * alignment;
  copy(file.length - at);
  return Buffer.concat(out);
}
