/** A tensor that is to be written. */
export interface PlannedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** As the format names it, e.g. `F16`. */
  readonly dtype: string;
  readonly byteLength: number;
}

/** One file of a safetensors folder, before its tensors are there. */
export interface PlannedShard {
  /** `model.safetensors`, or `model-00001-of-00003.safetensors`. */
  readonly fileName: string;
  /** The bytes before the data: the header's length and the header, filled up to a multiple of 8. */
  readonly header: Uint8Array;
  /** In the order of the data. */
  readonly tensors: readonly PlannedTensor[];
  /** Of the whole file. */
  readonly byteLength: number;
}

/**
 * Lays tensors out in files: one after the other without a gap, a new file where the next one would go beyond
 * `maxShardBytes` of data (a larger tensor has a file of its own).
 */
export function planShards(tensors: readonly PlannedTensor[], maxShardBytes: number): PlannedShard[] {
  const groups: PlannedTensor[][] = [[]];
  let size = 0;
  for (const tensor of tensors) {
    if (size > 0 && size + tensor.byteLength > maxShardBytes) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)!.push(tensor);
    size += tensor.byteLength;
  }
  return groups.map((group, index) => planShard(group, fileName(index + 1, groups.length)));
}

function fileName(number: number, count: number): string {
  const padded = (value: number) => String(value).padStart(5, '0');
  return count === 1 ? 'model.safetensors' : `model-${padded(number)}-of-${padded(count)}.safetensors`;
}

function planShard(tensors: readonly PlannedTensor[], fileName: string): PlannedShard {
  const entries: [string, unknown][] = [['__metadata__', { format: 'pt' }]];
  let end = 0;
  for (const { name, dtype, shape, byteLength } of tensors) {
    entries.push([name, { dtype, shape, data_offsets: [end, end + byteLength] }]);
    end += byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(text.length / 8) * 8;
  const header = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(text, 8);
  return { fileName, header, tensors, byteLength: header.length + end };
}
