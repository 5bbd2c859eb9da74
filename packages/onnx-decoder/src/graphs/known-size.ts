import type { ReadNode } from './read-node';
import type { GraphNode } from './write-node';

/**
 * How many elements a value has, out of its shape, which the host knows. GPU providers have no `Size`: the value itself would be
 * read back, and every step would wait for the GPU once more.
 * @returns nothing for other nodes
 */
export function knownSize({ operator, inputs, output }: ReadNode): readonly GraphNode[] | undefined {
  if (operator !== 'Size') return undefined;
  const shape = `${output}.shape`;
  return [
    { operator: 'Shape', inputs: [inputs[0]!], outputs: [shape] },
    { operator: 'ReduceProd', inputs: [shape], outputs: [output], attributes: { keepdims: 0 } },
  ];
}
