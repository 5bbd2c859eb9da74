import type { GraphBuilder } from '../graph/graph-builder';
import { offsetColumns } from '../weights/blocks/offset-columns';
import { digitWeights } from '../weights/blocks/offset-digits';
import { blockEncoding } from '../weights/encodings/block-encoding';
import { float16Encoding, float32Encoding } from '../weights/encodings/float-encoding';
import { int8Encoding, piecesOf } from '../weights/encodings/int8-encoding';
import { digitsOf, type MatrixFormat } from '../weights/matrix-format';
import { partName, type WeightPart } from '../weights/weight-part';
import { inDigits } from './in-digits';

export interface ProductOptions {
  readonly format: MatrixFormat;
  readonly weights: readonly WeightPart[];
  readonly biases?: readonly WeightPart[];
  readonly inputSize: number;
  readonly outputSize: number;
}

/** y = x · Wᵀ (+ b) with a weight in one format; x is `[positions, inputSize]`. */
export function product(graph: GraphBuilder, x: string, options: ProductOptions): string {
  const { format, weights, biases, inputSize, outputSize } = options;
  graph.weights.used(format, weights.length);
  const bias = biases && graph.weight(nameOf(biases, ''), biases, [outputSize]);
  const shape = [outputSize, inputSize];
  switch (format.kind) {
    case 'float32': {
      const [weight] = graph.encoded(weights, () => float32Encoding(shape)) as [string];
      return gemm(graph, x, weight, bias);
    }
    case 'float16': {
      const [halves] = graph.encoded(weights, () => float16Encoding(weights[0]!.tensor, shape)) as [string];
      const weight = graph.shared(`float32 of ${halves}`, () =>
        graph.node('Cast', [halves], { attributes: { to: 1 } }),
      );
      return gemm(graph, x, weight, bias);
    }
    case 'int8': {
      const pieces = format.inPieces ? piecesOf(outputSize) : [outputSize];
      const arrays = graph.encoded(weights, () => int8Encoding(pieces, inputSize), nameOf(weights, '#int8'));
      const results = pieces.map((_, piece) =>
        integerProduct(graph, x, [arrays[2 * piece]!, arrays[2 * piece + 1]!]),
      );
      const y =
        results.length === 1 ? results[0]! : graph.node('Concat', results, { attributes: { axis: -1 } });
      return bias ? graph.node('Add', [y, bias]) : y;
    }
    default:
      return blockProduct(graph, x, { ...options, format, bias });
  }
}

/** Encodings of the same parts that may stand side by side have different names. */
const nameOf = (weights: readonly WeightPart[], suffix: string) =>
  `${weights.map(partName).join('|')}${suffix}`;

function gemm(graph: GraphBuilder, x: string, weight: string, bias: string | undefined): string {
  return graph.node('Gemm', [x, weight, ...(bias ? [bias] : [])], { attributes: { transB: 1 } });
}

/** x in 8 bits of its own range, the product in integers, both scales behind it. */
function integerProduct(graph: GraphBuilder, x: string, [weight, scales]: [string, string]): string {
  const part = (index: number) =>
    graph.shared(`quantized ${x} ${index}`, () => {
      const outputs = graph.nodeOutputs('DynamicQuantizeLinear', [x], { outputs: 3 });
      for (const [other, value] of outputs.entries()) graph.shared(`quantized ${x} ${other}`, () => value);
      return outputs[index]!;
    });
  const [quants, scale, zero] = [part(0), part(1), part(2)];
  const sums = graph.node('MatMulInteger', [quants, weight, zero]);
  const factor = graph.node('Mul', [scales, scale]);
  return graph.node('Mul', [graph.node('Cast', [sums], { attributes: { to: 1 } }), factor]);
}

/**
 * MatMulNBits, and for blocks with offsets: plus (sum of x in each block) · offsetsᵀ, as a product of its own or in
 * columns of the matrix, behind x.
 */
function blockProduct(
  graph: GraphBuilder,
  x: string,
  options: ProductOptions & {
    readonly format: Extract<MatrixFormat, { kind: 'blocks' }>;
    readonly bias: string | undefined;
  },
): string {
  const { format, weights, inputSize, outputSize, bias } = options;
  const { bits, blockSize, activations } = format;
  const { widened, width } = besideSums(graph, x, inputSize, format);
  const arrays = graph.encoded(weights, () =>
    blockEncoding({ ...format, rows: outputSize, columns: inputSize }),
  );
  const array = (name: string) => arrays.find((each) => each.endsWith(`.${name}`)) ?? '';
  const multiply = (rows: string, added: string | undefined) => {
    const inputs = [rows, arrays[0]!, array('scales'), array('zeros'), '', added ?? ''];
    while (inputs.at(-1) === '') inputs.pop();
    return graph.node('MatMulNBits', inputs, {
      domain: 'com.microsoft',
      attributes: {
        K: width,
        N: outputSize,
        bits,
        block_size: blockSize,
        ...(activations === 'float32' ? {} : { accuracy_level: 4 }),
      },
    });
  };
  const y =
    activations === 2 || activations === 3
      ? inDigits(graph, x, { inputSize, outputSize, blockSize, digits: activations }, (rows) =>
          multiply(rows, undefined),
        )
      : multiply(widened(), bias);
  const whole = (activations === 2 || activations === 3) && bias ? graph.node('Add', [y, bias]) : y;
  if (!format.offsets || format.offsetForm !== 'product') return whole;
  return graph.node('Gemm', [blockSums(graph, x, inputSize, blockSize), array('offsets'), whole], {
    attributes: { transB: 1 },
  });
}

/** Sums of neighbouring values, `[positions, inputSize / blockSize]`; once for all products with the same input. */
function blockSums(graph: GraphBuilder, x: string, inputSize: number, blockSize: number): string {
  return graph.shared(`sums of ${blockSize} of ${x}`, () =>
    graph.node('ReduceSum', [inBlocks(graph, x, inputSize, blockSize), graph.int64([-1])], {
      attributes: { keepdims: 0 },
    }),
  );
}

/** x as `[positions, blocks, blockSize]`. */
const inBlocks = (graph: GraphBuilder, x: string, inputSize: number, blockSize: number) =>
  graph.node('Reshape', [x, graph.int64([-1, inputSize / blockSize, blockSize])]);

/** The input of a product and its width: x and, for offsets in columns, behind it what these are multiplied with. */
function besideSums(
  graph: GraphBuilder,
  x: string,
  inputSize: number,
  { offsetForm, blockSize }: Extract<MatrixFormat, { kind: 'blocks' }>,
): { readonly width: number; widened(): string } {
  const rowBlocks = inputSize / blockSize;
  const joined = (sums: readonly string[]) =>
    graph.node('Concat', [x, ...sums], { attributes: { axis: -1 } });
  if (offsetForm === 'product') return { width: inputSize, widened: () => x };
  const digits = digitsOf[offsetForm];
  if (digits !== undefined) {
    const weights = digitWeights(digits);
    const columns = rowBlocks * weights.length;
    return {
      width: inputSize + columns,
      widened: () =>
        graph.shared(`${x} beside sums of ${blockSize} for ${digits} digits`, () => {
          const blocks = inBlocks(graph, x, inputSize, blockSize);
          const sums = graph.node('MatMul', [blocks, weightedOnes(graph, blockSize, weights)]);
          return joined([graph.node('Reshape', [sums, graph.int64([-1, columns])])]);
        }),
    };
  }
  const { columns, copies } = offsetColumns(rowBlocks, blockSize);
  return {
    width: inputSize + columns,
    widened: () =>
      graph.shared(`${x} beside sums of ${blockSize}`, () =>
        joined(new Array<string>(copies).fill(blockSums(graph, x, inputSize, blockSize))),
      ),
  };
}

/** `[blockSize, digits]`: sums the values of a block, once for each digit of the offsets. */
function weightedOnes(graph: GraphBuilder, blockSize: number, weights: readonly number[]): string {
  const { length } = weights;
  const values = Float32Array.from({ length: blockSize * length }, (_, index) => weights[index % length]!);
  return graph.float32(`weighted ones ${blockSize} ${length}`, values, [blockSize, length]);
}
