import type { DeclaredShape } from './attention-product';
import type { ReadNode } from './read-node';
import type { GraphNode } from './write-node';

/**
 * A product of queries and keys in standard operators. ONNX Runtime's `FusedMatMul` with the second factor
 * transposed is missing on GPU providers and would send the cache to the CPU and back:
 * α · A · Bᵀ = (B · (α · Aᵀ))ᵀ, so that what is turned are the few queries and scores, not the cached keys.
 * @returns nothing for other nodes, and for products whose keys' rank the graph does not tell
 */
export function plainProduct(
  { operator, inputs, output, attributes }: ReadNode,
  shapes: ReadonlyMap<string, DeclaredShape>,
): readonly GraphNode[] | undefined {
  if (operator !== 'FusedMatMul' || attributes.get('transB') !== 1) return undefined;
  if (['transA', 'transBatchA', 'transBatchB'].some((name) => attributes.get(name))) return undefined;
  const [queries, keys] = inputs as [string, string];
  const rank = shapes.get(keys)?.length;
  if (rank === undefined || rank < 2) return undefined;
  const perm = [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2];
  const part = (name: string) => `${output}.${name}`;
  return [
    { operator: 'Transpose', inputs: [queries], outputs: [part('turned')], attributes: { perm } },
    {
      operator: 'Constant',
      inputs: [],
      outputs: [part('scale')],
      attributes: { value_float: { float: attributes.get('alpha') ?? 1 } },
    },
    { operator: 'Mul', inputs: [part('turned'), part('scale')], outputs: [part('scaled')] },
    { operator: 'MatMul', inputs: [keys, part('scaled')], outputs: [part('scores')] },
    { operator: 'Transpose', inputs: [part('scores')], outputs: [output], attributes: { perm } },
  ];
}
