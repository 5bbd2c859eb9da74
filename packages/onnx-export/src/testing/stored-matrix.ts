import { readFileSync } from 'node:fs';
import { type Checkpoint, float16Table, type TensorInfo } from '@nexttoken/checkpoint';

/** A matrix in some stored format, with the numbers that other tools make of it. */
export interface StoredMatrix {
  readonly name: string;
  /** Holds the one tensor `m.weight`. */
  readonly checkpoint: Checkpoint;
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

const folder = new URL('../../../checkpoint/testdata/', import.meta.url);
const json = <Content>(name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Content;
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));
const floatsOf = (text: string) => new Float32Array(bytesOf(text).buffer);

function checkpointOf(
  info: Partial<TensorInfo> & Pick<TensorInfo, 'dtype' | 'shape'>,
  values: Float32Array,
  bytes: (name: string) => Uint8Array,
  metadata: Record<string, unknown> = {},
): Checkpoint {
  const tensors = new Map([['m.weight', { name: 'm.weight', source: 'test', readable: true, ...info }]]);
  return {
    tensors,
    metadata,
    read: async (name: string) => (name === 'm.weight' ? values.slice() : halves(bytes(name))),
    readBytes: async (name: string) => bytes(name),
  } as unknown as Checkpoint;
}

const halves = (bytes: Uint8Array) =>
  Float32Array.from(new Uint16Array(bytes.buffer), (bits) => float16Table()[bits]!);

/** GGUF blocks as gguf (Python) dequantizes them; two rows. */
export function ggufMatrix(type: string): StoredMatrix {
  const { types } = json<{ types: Record<string, { bytes: string; values: string }> }>('block-answers.json');
  const values = floatsOf(types[type]!.values);
  const bytes = bytesOf(types[type]!.bytes);
  // Some blocks have scales of every size: rows of one block each keep them apart.
  const columns = type.endsWith('_K') ? 256 : 32;
  const rows = values.length / columns;
  const checkpoint = checkpointOf({ dtype: type, shape: [rows, columns] }, values, () => bytes);
  return { name: type, checkpoint, values, rows, columns };
}

/** The blocks of {@link ggufMatrix}'s Q4_1 by turns, in rows of many. */
export function wideQ41Matrix(rows: number, rowBlocks: number): StoredMatrix {
  const { types } = json<{ types: Record<string, { bytes: string; values: string }> }>('block-answers.json');
  const known = floatsOf(types.Q4_1!.values);
  const bytes = bytesOf(types.Q4_1!.bytes);
  const [blockBytes, blockSize] = [20, 32];
  const count = bytes.length / blockBytes;
  const chosen = Array.from({ length: rows * rowBlocks }, (_, index) => (index * 7) % count);
  const joined = Uint8Array.from(
    chosen.flatMap((block) => [...bytes.subarray(block * blockBytes, (block + 1) * blockBytes)]),
  );
  const values = Float32Array.from(
    chosen.flatMap((block) => [...known.subarray(block * blockSize, (block + 1) * blockSize)]),
  );
  const columns = rowBlocks * blockSize;
  const checkpoint = checkpointOf({ dtype: 'Q4_1', shape: [rows, columns] }, values, () => joined);
  return { name: 'wide Q4_1', checkpoint, values, rows, columns };
}

interface QuantizedCase {
  readonly name: string;
  readonly config: Record<string, unknown> & { readonly quant_method: string; readonly bits: number };
  readonly parts: Readonly<
    Record<string, { readonly dtype: string; readonly shape: number[]; readonly bytes: string }>
  >;
  readonly shape: readonly [number, number];
  readonly values: string;
}

/** Linear layers as AutoAWQ and GPTQModel dequantize them. */
export function integerMatrices(): StoredMatrix[] {
  const { cases } = json<{ cases: QuantizedCase[] }>('quantized-answers.json');
  return cases
    .filter(({ config }) => config.quant_method !== 'fp8')
    .map(({ name, config, parts, shape, values }) => {
      const infos = Object.entries(parts).map(([role, part]) => ({ ...part, name: `m.${role}` }));
      const info = {
        dtype: `${config.quant_method.toUpperCase()}${config.bits}`,
        shape,
        parts: infos as unknown as TensorInfo[],
      };
      const read = (wanted: string) => bytesOf(infos.find((part) => part.name === wanted)!.bytes);
      const numbers = floatsOf(values);
      const checkpoint = checkpointOf(info, numbers, read, { quantization_config: config });
      return { name, checkpoint, values: numbers, rows: shape[0], columns: shape[1] };
    });
}

/** Float32 numbers of some size, the same in every run. */
export function floatMatrix(rows: number, columns: number): StoredMatrix {
  let state = rows * 31 + columns;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const values = Float32Array.from({ length: rows * columns }, () => (next() + next() + next()) * 0.2);
  const checkpoint = checkpointOf({ dtype: 'F32', shape: [rows, columns] }, values, () => new Uint8Array());
  return { name: 'F32', checkpoint, values, rows, columns };
}
