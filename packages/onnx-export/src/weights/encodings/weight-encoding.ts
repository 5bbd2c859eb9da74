import type { ElementType } from '../../proto/onnx-model';
import type { BlockRows, RowRoom } from '../blocks/block-rows';

/** One array of a weight in the external file. */
export interface WeightRegion {
  /** Behind the weight's name; empty for the one that bears it. */
  readonly suffix: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/** Some rows of a weight, as they were asked for. */
export type PartRows = { readonly values: Float32Array } | { readonly blocks: BlockRows };

/** Turns rows into the bytes of the regions, part by part. */
interface WeightEncoder {
  /** @returns bytes that follow in the first region, where it can be streamed */
  add(rows: PartRows): Uint8Array | undefined;
  /** @returns the content of the regions that were not streamed: all, or all but the first */
  finish(): readonly Uint8Array[];
}

/** How one weight is stored. */
export interface WeightEncoding {
  readonly regions: readonly WeightRegion[];
  /** Whether the encoder wants numbers or blocks as the file holds them. */
  readonly wants: 'values' | 'blocks';
  /** Room that it wants behind each row of stored blocks; default: none. */
  readonly room?: RowRoom | undefined;
  begin(): WeightEncoder;
}

/** The bytes under an array, without a copy. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Appends arrays of one type to one whose size is known. */
export class Appended<Data extends Uint8Array | Float32Array> {
  #end = 0;
  constructor(readonly data: Data) {}

  push(values: ArrayLike<number>): void {
    this.data.set(values, this.#end);
    this.#end += values.length;
  }
}
