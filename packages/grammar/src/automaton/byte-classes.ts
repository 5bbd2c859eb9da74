import type { Pushdown } from './pushdown';

/** The bytes that an automaton tells apart. */
export interface ByteClasses {
  /** The class of each byte: bytes of a class are told apart by no edge. */
  readonly classOf: Uint8Array;
  /** A byte of each class, and how many bytes it has. */
  readonly classes: readonly { readonly byte: number; readonly size: number }[];
}

/** Finds the classes; they are ranges of bytes. */
export function byteClasses({ edges }: Pushdown): ByteClasses {
  const begins = new Uint8Array(257);
  begins[0] = 1;
  for (const list of edges) {
    for (let index = 0; index < list.length; index += 3) {
      begins[list[index]!] = 1;
      begins[list[index + 1]! + 1] = 1;
    }
  }
  const classOf = new Uint8Array(256);
  const classes: { readonly byte: number; size: number }[] = [];
  for (let byte = 0; byte < 256; byte++) {
    if (begins[byte]) classes.push({ byte, size: 0 });
    classes.at(-1)!.size++;
    classOf[byte] = classes.length - 1;
  }
  return { classOf, classes };
}
