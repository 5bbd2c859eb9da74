import type { GraphNode } from './write-node';

/**
 * Sums along the last axis, which stays with size 1: of the values, or of their products with another value's.
 * One thread a sum: nothing waits.
 */
export function lastAxisSum(
  factors: readonly [string] | readonly [string, string],
  output: string,
): GraphNode[] {
  const flat = `${output}.flat`;
  const axis = `${output}.axis`;
  const equation = `${factors.map(() => '...k').join(',')}->...`;
  return [
    { operator: 'Einsum', inputs: factors, outputs: [flat], attributes: { equation } },
    { operator: 'Constant', inputs: [], outputs: [axis], attributes: { value_ints: [-1] } },
    { operator: 'Unsqueeze', inputs: [flat, axis], outputs: [output] },
  ];
}
