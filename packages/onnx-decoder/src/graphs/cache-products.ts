import { attentionProduct, type DeclaredShape, tiledProduct } from './attention-product';
import type { ReadNode } from './read-node';
import type { GraphNode } from './write-node';

/** Size of heads from which on tiles are quicker than sums, where many positions fill them. */
const wideHead = 16;

/** The product of one factor with all parts of the cache behind each other. */
export function joinedProduct(
  like: ReadNode,
  [left, parts]: readonly [string, readonly string[]],
  output: string,
  shapes: ReadonlyMap<string, DeclaredShape>,
): readonly GraphNode[] | undefined {
  const shape = shapes.get(parts.at(-1)!);
  if (shape?.length !== 6) return undefined;
  const whole = `${output}.parts`;
  const node = { ...like, inputs: [left, whole], output };
  const isWide = (shape.at(-1) ?? 0) >= wideHead;
  const product = isWide
    ? tiledProduct(node, shape.length)
    : attentionProduct(node, new Map([[whole, shape]]));
  const attributes = { axis: -2 };
  return product && [{ operator: 'Concat', inputs: parts, outputs: [whole], attributes }, ...product];
}

/** The products of some factors with one part of the cache each. */
export function apartProducts(
  products: readonly ReadNode[],
  lefts: readonly string[],
  output: string,
  shapes: ReadonlyMap<string, DeclaredShape>,
): { readonly nodes: readonly GraphNode[]; readonly outputs: readonly string[] } | undefined {
  const outputs = products.map((_, index) => `${output}.${index}`);
  const nodes = products.map((node, index) =>
    attentionProduct({ ...node, inputs: [lefts[index]!, node.inputs[1]!], output: outputs[index]! }, shapes),
  );
  return nodes.includes(undefined) ? undefined : { nodes: nodes.flatMap((each) => each ?? []), outputs };
}
