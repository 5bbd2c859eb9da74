import { field, fields, integersOf, textOf } from './wire';

/** How large a graph's weights are, before any of them is there. */
export interface GraphWeights {
  readonly byteLength: number;
  /** The largest tensor; a device needs a buffer for it in one piece. */
  readonly largest: { readonly name: string; readonly byteLength: number };
}

/** Bits of an element by ONNX's number of its type; others count as 32. */
const bits: Readonly<Record<number, number>> = {
  1: 32,
  2: 8,
  3: 8,
  4: 16,
  5: 16,
  6: 32,
  7: 64,
  9: 8,
  10: 16,
  11: 64,
  12: 32,
  13: 64,
  16: 16,
  21: 4,
  22: 4,
};

/** Adds up the initializers that a graph declares, wherever their content lies. */
export function graphWeights(model: Uint8Array): GraphWeights {
  const graph = field(model, 7)?.bytes ?? new Uint8Array();
  let byteLength = 0;
  let largest = { name: '', byteLength: 0 };
  for (const { number, bytes } of fields(graph)) {
    if (number !== 5) continue;
    const elements = integersOf(bytes, 1).reduce((product, size) => product * size, 1);
    const size = Math.ceil((elements * (bits[field(bytes, 2)?.integer ?? 1] ?? 32)) / 8);
    byteLength += size;
    if (size > largest.byteLength) largest = { name: textOf(field(bytes, 8)?.bytes), byteLength: size };
  }
  return { byteLength, largest };
}
