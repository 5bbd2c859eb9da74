import type { ReadNode } from './read-node';
import type { GraphNode } from './write-node';

/** A value's dimensions as the graph declares them; open ones are `undefined`. */
export type DeclaredShape = readonly (number | undefined)[];

const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/**
 * A product with the cache (queries · keysᵀ or weights · values) as a sum over its common axis, which reads keys and values as
 * they lie, one program in all. Matrix products of GPU providers compute tiles of 32 rows and columns, of which one new position
 * needs one; and ONNX Runtime's `FusedMatMul` is missing there and would send the cache to the CPU and back.
 * The second factor's axes of size 1 serve all of the first one's.
 * @returns nothing for other nodes, and for second factors whose shape the graph does not declare
 */
export function attentionProduct(
  { operator, inputs, output, attributes }: ReadNode,
  shapes: ReadonlyMap<string, DeclaredShape>,
): readonly GraphNode[] | undefined {
  const turned = operator === 'FusedMatMul' && attributes.get('transB') === 1;
  if (!turned && operator !== 'MatMul') return undefined;
  if (['transA', 'transBatchA', 'transBatchB'].some((name) => attributes.get(name))) return undefined;
  const [left, right] = inputs as [string, string];
  const shape = shapes.get(right);
  if (shape === undefined || shape.length < 3 || shape.length > 8) return undefined;
  const letters = [...alphabet];
  const next = () => letters.shift()!;
  const batch = shape.slice(0, -2).map((size) => {
    const own = next();
    return [own, size === 1 ? next() : own] as const;
  });
  const [row, column, common] = [next(), next(), next()];
  const leading = (factor: 0 | 1) => batch.map((pair) => pair[factor]).join('');
  const equation = [
    `${leading(0)}${row}${common},${leading(1)}${turned ? `${column}${common}` : `${common}${column}`}`,
    `${leading(0)}${row}${column}`,
  ].join('->');
  const alpha = attributes.get('alpha') ?? 1;
  const factor = `${output}.scaled`;
  return [
    ...(alpha === 1 ? [] : scaled(left, alpha, factor)),
    {
      operator: 'Einsum',
      inputs: [alpha === 1 ? left : factor, right],
      outputs: [output],
      attributes: { equation },
    },
  ];
}

/** The same in tiles, for a second factor that is short enough to be turned. */
export function tiledProduct(
  { operator, inputs, output, attributes }: ReadNode,
  rank: number,
): readonly GraphNode[] {
  const [left, right] = inputs as [string, string];
  const alpha = attributes.get('alpha') ?? 1;
  const [factor, turned] = [`${output}.scaled`, `${output}.turned`];
  const perm = [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2];
  const turns = operator === 'FusedMatMul';
  return [
    ...(alpha === 1 ? [] : scaled(left, alpha, factor)),
    ...(turns ? [{ operator: 'Transpose', inputs: [right], outputs: [turned], attributes: { perm } }] : []),
    { operator: 'MatMul', inputs: [alpha === 1 ? left : factor, turns ? turned : right], outputs: [output] },
  ];
}

function scaled(value: string, alpha: number, output: string): GraphNode[] {
  const scale = `${output}.by`;
  const attributes = { value_float: { float: alpha } };
  return [
    { operator: 'Constant', inputs: [], outputs: [scale], attributes },
    { operator: 'Mul', inputs: [value, scale], outputs: [output] },
  ];
}
