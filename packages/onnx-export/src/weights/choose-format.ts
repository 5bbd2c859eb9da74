import type { Checkpoint, TensorInfo } from '@nexttoken/checkpoint';
import type { BlockStructure } from './blocks/block-rows';
import { ggufBlocks } from './blocks/gguf-blocks';
import { integerPacking, integerStructure } from './blocks/integer-linear';
import type { MatrixFormat, OffsetForm } from './matrix-format';
import type { WeightDtype, WeightPrecision } from './weight-dtype';
import type { WeightPart } from './weight-part';

export interface FormatSettings {
  readonly dtype: WeightDtype;
  readonly precision: WeightPrecision;
  /** How numbers are rounded to blocks: around zero, or with a zero point for each block. */
  readonly rounding: 'symmetric' | 'asymmetric';
  /** Whether offsets may become columns of their matrix, rounded. */
  readonly offsetColumns?: boolean;
  /** Whether products of 8-bit integers with many outputs may be several. */
  readonly inPieces?: boolean;
  /** Of the model: its first and last layers are the most delicate. */
  readonly layerCount: number;
}

/** What a matrix is for. */
export interface MatrixUse {
  /** `layer`: a product within a block; `output`: the output layer; `table`: rows that are looked up. */
  readonly role: 'layer' | 'output' | 'table';
  readonly columns: number;
}

const roundedBlock = 32;
/** Of a row whose offsets become columns: with fewer, the sums would be repeated too often. */
const fewestBlocks = 16;

/**
 * The format of one matrix under the settings.
 * @param part what it is made of; parts with different formats cannot be joined
 */
export function chooseFormat(
  checkpoint: Pick<Checkpoint, 'tensors' | 'metadata'>,
  part: WeightPart,
  settings: FormatSettings,
  { role, columns }: MatrixUse,
): MatrixFormat {
  const { dtype, precision, rounding, layerCount } = settings;
  if (dtype === 'fp32') return { kind: 'float32' };
  if (dtype === 'fp16') return { kind: 'float16' };
  if (dtype === 'int8')
    return role === 'table' ? { kind: 'float32' } : { kind: 'int8', inPieces: settings.inPieces === true };
  const info = checkpoint.tensors.get(part.tensor);
  const most = dtype === 'q4' && role === 'layer' ? 4 : 8;
  const stored =
    info && !part.transposed && !part.plus ? storedStructure(info, checkpoint.metadata) : undefined;
  const taken = stored && stored.bits <= most ? stored : undefined;
  const structure: BlockStructure = taken ?? {
    bits: most,
    blockSize: roundedBlock,
    zeros: rounding === 'asymmetric',
    offsets: false,
  };
  const inColumns =
    settings.offsetColumns === true &&
    role === 'layer' &&
    structure.offsets &&
    structure.bits === 4 &&
    columns >= fewestBlocks * structure.blockSize;
  const isCentred =
    structure.bits === 4 && structure.blockSize <= roundedBlock && (inColumns || structure.zeros);
  const activations = activationsOf(structure.bits, {
    exact: precision === 'exact',
    isRobust: role === 'layer' && isRobust(part.tensor, layerCount, isCentred),
    isTable: role === 'table',
    isRagged: columns % structure.blockSize !== 0,
  });
  return {
    kind: 'blocks',
    ...structure,
    stored: taken !== undefined,
    offsetForm: inColumns ? columnsFor(activations, precision) : 'product',
    activations,
  };
}

function columnsFor(activations: 'float32' | 1 | 2 | 3, precision: WeightPrecision): OffsetForm {
  if (activations !== 'float32') return 'centred-columns';
  return precision === 'exact' ? '16-bit-columns' : '12-bit-columns';
}

/**
 * 4-bit products are quick with float32 activations, 8-bit ones only with integers, so these take as many digits as
 * it needs. Measured on SmolLM2-135M (Q4_1), mean Kullback-Leibler divergence of one digit: output layer 5e-4; over
 * all layers q, k, v 19e-4, down 11e-4, gate and up 10e-4 (half of it in the first and last layer), o 1e-4.
 */
function activationsOf(
  bits: 4 | 8,
  {
    exact,
    isRobust: robust,
    isTable,
    isRagged,
  }: Record<'exact' | 'isRobust' | 'isTable' | 'isRagged', boolean>,
): 'float32' | 1 | 2 | 3 {
  if (isTable) return 'float32';
  if (bits === 8) return isRagged ? 'float32' : exact ? 3 : robust ? 1 : 2;
  return !exact && robust ? 1 : 'float32';
}

const widening = /\.(gate_proj|up_proj|gate_up_proj|mlp\.c_fc|dense_h_to_4h)\.weight$/;
const narrowing = /\.(down_proj|mlp\.c_proj|dense_4h_to_h)\.weight$/;

/**
 * Whether a matrix takes 8-bit activations: those that widen but in the first and last layer, and those that narrow
 * again in the middle half of the layers, if every block lies around a zero of its own. Attention's output
 * would bear them, but such small products are not quicker for it.
 * @param isCentred whether the blocks are small and have zeros of their own
 */
function isRobust(tensor: string, layerCount: number, isCentred: boolean): boolean {
  const layer = Number(/\.(\d+)\./.exec(tensor)?.[1]);
  if (widening.test(tensor)) return layer > 0 && layer < layerCount - 1;
  const isMiddle = layer >= layerCount / 4 && layer < (layerCount * 3) / 4;
  return isCentred && isMiddle && narrowing.test(tensor);
}

/** The blocks that a tensor is stored in, where these can be taken over. */
export function storedStructure(
  info: TensorInfo,
  metadata: Readonly<Record<string, unknown>>,
): BlockStructure | undefined {
  const packing = integerPacking(info, metadata);
  if (packing) return integerStructure(packing);
  const format = ggufBlocks.get(info.dtype);
  if (!format) return undefined;
  const { bits, blockSize, zeros, offsets } = format;
  return { bits, blockSize, zeros, offsets };
}
