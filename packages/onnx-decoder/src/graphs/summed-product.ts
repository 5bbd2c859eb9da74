import type { ReadNode } from './read-node';
import type { GraphNode } from './write-node';

/** Rows up to which a plain sum is quicker in software. */
const few = 8;

/**
 * x · Wᵀ (+ b) as a plain sum where x has few rows. Tiled products compute 32 rows at once and wait for each other within a tile: in
 * software 5.2 ms instead of 0.15 for one row of 192 and 1,024 results, and as long as the sum from some 30 rows on. GPUs in
 * hardware keep the tiles.
 * @returns nothing for other nodes
 */
export function summedProduct(node: ReadNode): readonly GraphNode[] | undefined {
  const { operator, inputs, output, attributes } = node;
  if (operator !== 'Gemm' || attributes.get('transB') !== 1 || attributes.get('transA')) return undefined;
  if ((attributes.get('alpha') ?? 1) !== 1 || (attributes.get('beta') ?? 1) !== 1) return undefined;
  const [x, weight, bias] = inputs as [string, string, string | undefined];
  const part = (name: string) => `${output}.${name}`;
  const sum: GraphNode = {
    operator: 'Einsum',
    inputs: [x, weight],
    outputs: [part('sum')],
    attributes: { equation: 'mk,nk->mn' },
  };
  const plain = bias
    ? [sum, { operator: 'Add', inputs: [part('sum'), bias], outputs: [part('biased')] }]
    : [sum];
  const tiled = { operator, inputs, outputs: [part('tiled')], attributes: { transB: 1 } };
  return [
    { operator: 'Shape', inputs: [x], outputs: [part('rows')], attributes: { start: 0, end: 1 } },
    { operator: 'Constant', inputs: [], outputs: [part('few')], attributes: { value_ints: [few] } },
    { operator: 'LessOrEqual', inputs: [part('rows'), part('few')], outputs: [part('isFew')] },
    {
      operator: 'If',
      inputs: [part('isFew')],
      outputs: [output],
      attributes: { then_branch: { nodes: plain }, else_branch: { nodes: [tiled] } },
    },
  ];
}
