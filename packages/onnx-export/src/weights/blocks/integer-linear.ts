import type { Checkpoint, TensorInfo } from '@nexttoken/checkpoint';
import { NextTokenError } from '@nexttoken/model';
import type { BlockRows, BlockStructure } from './block-rows';

/** How a folder of AWQ or GPTQ packs the integers of a linear layer. */
interface Packing {
  readonly bits: 2 | 4 | 8;
  readonly inputs: number;
  readonly outputs: number;
  readonly groups: number;
  /** Whether a word of `qweight` holds neighbouring inputs (GPTQ) or outputs (AWQ). */
  readonly wordsAlong: 'inputs' | 'outputs';
  /** Which of its neighbours the i-th integer of a word is. */
  readonly order: readonly number[];
  /** Added to a stored zero, modulo 2^bits. */
  readonly zeroOffset: 0 | 1;
}

const awqOrder = [0, 2, 4, 6, 1, 3, 5, 7];
const plain = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const partOf = (info: TensorInfo, role: string): TensorInfo | undefined =>
  info.parts?.find(({ name }) => name.endsWith(`.${role}`));

/** The packing of a weight that is made of AWQ's or GPTQ's parts; `undefined` for any other. */
export function integerPacking(
  info: TensorInfo,
  metadata: Readonly<Record<string, unknown>>,
): Packing | undefined {
  const method = /^(AWQ|GPTQ)([248])$/.exec(info.dtype);
  const [outputs, inputs] = info.shape as [number, number];
  const groups = partOf(info, 'scales')?.shape[0];
  if (!method || groups === undefined) return undefined;
  const bits = Number(method[2]) as Packing['bits'];
  const sizes = { bits, inputs, outputs, groups };
  if (method[1] === 'AWQ') return { ...sizes, wordsAlong: 'outputs', order: awqOrder, zeroOffset: 0 };
  const { checkpoint_format: format = 'gptq' } = Object(metadata.quantization_config);
  return {
    ...sizes,
    wordsAlong: 'inputs',
    order: plain(32 / bits),
    zeroOffset: format === 'gptq' ? 1 : 0,
  };
}

/** The blocks of MatMulNBits that groups are, or are cut into (with equal scales); `undefined` where they are none. */
export function integerStructure({ bits, inputs, groups }: Packing): BlockStructure | undefined {
  const groupSize = inputs / groups;
  const blockSize = [128, 64, 32, 16].find((size) => groupSize % size === 0);
  if (blockSize === undefined) return undefined;
  return { bits: bits === 8 ? 8 : 4, blockSize, zeros: true, offsets: false };
}

/**
 * Reads the integers of a linear layer, outputs as rows: `w = scale · (code − zero)`.
 * @throws NextTokenError `unsupported-option` for groups that are no neighbours (GPTQ's activation order)
 */
export async function readIntegerBlocks(
  checkpoint: Checkpoint,
  info: TensorInfo,
  packing: Packing,
): Promise<Required<Omit<BlockRows, 'offsets'>>> {
  const { bits, inputs, outputs, groups } = packing;
  const groupSize = inputs / groups;
  const blocks = inputs / integerStructure(packing)!.blockSize;
  const index = partOf(info, 'g_idx');
  if (index) {
    const order = await wordsOf(checkpoint, index);
    if (order.some((group, i) => group !== Math.floor(i / groupSize))) throw reordered(info);
  }
  const quants = integers(await wordsOf(checkpoint, partOf(info, 'qweight')!), packing);
  const storedZeros = integers(await wordsOf(checkpoint, partOf(info, 'qzeros')!), {
    ...packing,
    wordsAlong: 'outputs',
    inputs: groups,
  });
  const storedScales = await checkpoint.read(partOf(info, 'scales')!.name);
  const wide = bits === 8;
  const codes = new Uint8Array((outputs * inputs) / (wide ? 1 : 2));
  const scales = new Float32Array(outputs * blocks);
  const zeros = new Uint8Array(outputs * blocks);
  for (let output = 0; output < outputs; output++) {
    const row = output * inputs;
    for (let input = 0; input < inputs; input++) {
      const code = quants[input * outputs + output]!;
      if (wide) codes[row + input] = code;
      else codes[(row + input) >> 1]! |= code << ((input & 1) * 4);
    }
    for (let block = 0; block < blocks; block++) {
      const from = Math.floor((block * groups) / blocks) * outputs + output;
      scales[output * blocks + block] = storedScales[from]!;
      zeros[output * blocks + block] = (storedZeros[from]! + packing.zeroOffset) & ((1 << bits) - 1);
    }
  }
  return { codes, scales, zeros };
}

function reordered({ name, source }: TensorInfo): NextTokenError {
  return new NextTokenError(
    'unsupported-option',
    `${source}: ${name} is quantized in activation order, whose groups are no blocks; load it as fp32 or fp16`,
    { option: 'dtype', tensor: name, path: source },
  );
}

async function wordsOf(checkpoint: Checkpoint, part: TensorInfo): Promise<Int32Array> {
  const bytes = await checkpoint.readBytes(part.name);
  return new Int32Array(bytes.slice().buffer);
}

/** Unpacks words to `[inputs, outputs]`, one integer a byte. */
function integers(words: Int32Array, { bits, inputs, outputs, wordsAlong, order }: Packing): Uint8Array {
  const perWord = 32 / bits;
  const mask = (1 << bits) - 1;
  const values = new Uint8Array(inputs * outputs);
  const along = wordsAlong === 'outputs';
  const columns = along ? outputs / perWord : outputs;
  words.forEach((word, at) => {
    const row = Math.floor(at / columns);
    const column = at % columns;
    for (let i = 0; i < perWord; i++) {
      const place = order[i]!;
      const to = along
        ? row * outputs + column * perWord + place
        : (row * perWord + place) * outputs + column;
      values[to] = (word >>> (i * bits)) & mask;
    }
  });
  return values;
}
