import type { GraphBuilder } from '../graph/graph-builder';

export interface DigitsOptions {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly blockSize: number;
  readonly digits: 2 | 3;
}

/**
 * A product that rounds its activations to 8-bit integers, made more exact: each row goes in as several rows, its
 * digits, whose results are added. The first digit is what the product's own rounding keeps of the row,
 * `s · round(x / s)` with `s = max |x| / 127` in each block, the next one the same of what is left, the last one the
 * rest. The weights are still read once.
 */
export function inDigits(
  graph: GraphBuilder,
  x: string,
  { inputSize, outputSize, blockSize, digits }: DigitsOptions,
  multiply: (rows: string) => string,
): string {
  const scalar = (value: number) => graph.float32(`number ${value}`, Float32Array.of(value), []);
  const rows = graph.shared(`${digits} digits of ${blockSize} of ${x}`, () => {
    const parts: string[] = [];
    let rest = graph.node('Reshape', [x, graph.int64([-1, inputSize / blockSize, blockSize])]);
    while (parts.length < digits - 1) {
      const largest = graph.node('ReduceMax', [graph.node('Abs', [rest]), graph.int64([-1])]);
      const step = graph.node('Max', [graph.node('Mul', [largest, scalar(1 / 127)]), scalar(1e-30)]);
      const digit = graph.node('Mul', [graph.node('Round', [graph.node('Div', [rest, step])]), step]);
      parts.push(digit);
      rest = graph.node('Sub', [rest, digit]);
    }
    const joined = graph.node('Concat', [...parts, rest], { attributes: { axis: 0 } });
    return graph.node('Reshape', [joined, graph.int64([-1, inputSize])]);
  });
  const apart = graph.node('Reshape', [multiply(rows), graph.int64([digits, -1, outputSize])]);
  return graph.node('ReduceSum', [apart, graph.int64([0])], { attributes: { keepdims: 0 } });
}
