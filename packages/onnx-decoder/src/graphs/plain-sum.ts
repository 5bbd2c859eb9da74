import type { ReadNode } from './read-node';
import type { GraphNode } from './write-node';

/**
 * A sum of several values as additions of two. GPU providers have no `Sum`: it would bring its inputs to the CPU and
 * its result back.
 * @returns nothing for other nodes
 */
export function plainSum({ operator, inputs, output }: ReadNode): readonly GraphNode[] | undefined {
  if (operator !== 'Sum' || inputs.length < 2) return undefined;
  return inputs.slice(1).map((input, index) => ({
    operator: 'Add',
    inputs: [index === 0 ? inputs[0]! : `${output}.sum.${index}`, input],
    outputs: [index === inputs.length - 2 ? output : `${output}.sum.${index + 1}`],
  }));
}
