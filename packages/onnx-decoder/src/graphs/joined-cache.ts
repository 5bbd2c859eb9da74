import type { DeclaredShape } from './attention-product';
import { apartProducts, joinedProduct } from './cache-products';
import { plainSum } from './plain-sum';
import type { ReadNode } from './read-node';
import type { GraphNode } from './write-node';

/** New positions up to which reading the cache where it lies is quicker than joining it. */
const few = 8;

/** The axes of rows and positions in keys and values. */
const [rowAxis, positionAxis] = [3, 4];

const isLong = 'joined.isLong';

export interface JoinedCache {
  /** What stands for a node, by its output. */
  readonly instead: ReadonlyMap<string, readonly GraphNode[]>;
  /** Outputs of nodes that are within those now. */
  readonly within: ReadonlySet<string>;
}

/** A graph's nodes as {@link joinedCache} looks at them. */
export interface CacheGraph {
  readonly nodes: Iterable<ReadNode>;
  readonly producers: ReadonlyMap<string, ReadNode>;
  readonly shapes: ReadonlyMap<string, DeclaredShape>;
  /** Names of the graph's own outputs. */
  readonly outputs: ReadonlySet<string>;
}

/**
 * Attention over a cache in parts, for one row with many new positions: the parts' keys are joined and multiplied with the queries once,
 * their values with the weights. Otherwise (`If` on the shape of the new keys, which the host knows) the products stay apart and their results
 * are joined, as the graph says: one new position is not worth a copy of the cache. In software joining scores takes 0.1 µs a score, as long as
 * computing them; keys are fewer.
 */
export function joinedCache(graph: CacheGraph): JoinedCache {
  const instead = new Map<string, readonly GraphNode[]>();
  const within = new Set<string>();
  const uses = countUses(graph);
  const alone = (name: string) => uses.get(name) === 1 && !graph.outputs.has(name);
  for (const node of graph.nodes) {
    const found = joinedScores(node, graph) ?? joinedMixture(node, graph);
    if (!found?.inner.every(alone)) continue;
    const condition = instead.size === 0 ? longCondition(found.fresh) : [];
    const branches = { then_branch: { nodes: found.joined }, else_branch: { nodes: found.apart } };
    instead.set(node.output, [
      ...condition,
      { operator: 'If', inputs: [isLong], outputs: [node.output], attributes: branches },
    ]);
    for (const name of found.inner) within.add(name);
  }
  return { instead, within };
}

interface Found {
  /** Values that nobody else may read. */
  readonly inner: readonly string[];
  /** The last part of the cache, which has as many positions as are new. */
  readonly fresh: string;
  readonly joined: readonly GraphNode[];
  readonly apart: readonly GraphNode[];
}

/** Scores: the products of the queries with each part's keys, side by side. */
function joinedScores(node: ReadNode, { producers, shapes }: CacheGraph): Found | undefined {
  if (node.operator !== 'Concat' || node.attributes.get('axis') !== -1) return undefined;
  const products = productsOf(node.inputs, producers, 'FusedMatMul');
  if (
    !products?.every(
      ({ inputs, attributes }) => inputs[0] === products[0]!.inputs[0] && attributes.get('transB'),
    )
  )
    return undefined;
  const { output } = node;
  const queries = products[0]!.inputs[0]!;
  const keys = products.map(({ inputs }) => inputs[1]!);
  const joined = joinedProduct(products[0]!, [queries, keys], `${output}.joined`, shapes);
  const apart = apartProducts(
    products,
    products.map(() => queries),
    `${output}.part`,
    shapes,
  );
  if (!joined || !apart) return undefined;
  const together = {
    operator: 'Concat',
    inputs: apart.outputs,
    outputs: [`${output}.apart`],
    attributes: { axis: -1 },
  };
  return { inner: node.inputs, fresh: keys.at(-1)!, joined, apart: [...apart.nodes, together] };
}

/** Mixtures: weights, split by parts, times each part's values, added. */
function joinedMixture(node: ReadNode, { producers, shapes }: CacheGraph): Found | undefined {
  if (node.operator !== 'Sum') return undefined;
  const products = productsOf(node.inputs, producers, 'MatMul');
  const pieces = products?.map(({ inputs }) => inputs[0]!) ?? [];
  const split = producers.get(pieces[0] ?? '');
  if (!products || split?.operator !== 'Split' || split.attributes.get('axis') !== -1) return undefined;
  if (split.outputs.length !== pieces.length || split.outputs.some((name, i) => name !== pieces[i]))
    return undefined;
  const { output } = node;
  const values = products.map(({ inputs }) => inputs[1]!);
  const weights = pieces.map((_, index) => `${output}.weights.${index}`);
  const joined = joinedProduct(products[0]!, [split.inputs[0]!, values], `${output}.joined`, shapes);
  const apart = apartProducts(products, weights, `${output}.part`, shapes);
  if (!joined || !apart) return undefined;
  const added = plainSum({
    ...node,
    inputs: apart.outputs,
    output: `${output}.apart`,
    outputs: [`${output}.apart`],
  });
  const parted = { operator: 'Split', inputs: split.inputs, outputs: weights, attributes: { axis: -1 } };
  return {
    inner: [...node.inputs, ...pieces],
    fresh: values.at(-1)!,
    joined,
    apart: [parted, ...apart.nodes, ...added!],
  };
}

/** Nodes of one operator that make some values, if there are several and all of them are such. */
function productsOf(values: readonly string[], producers: CacheGraph['producers'], operator: string) {
  const found = values.map((name) => producers.get(name));
  const all = found.filter((node) => node?.operator === operator) as ReadNode[];
  return all.length === values.length && all.length > 1 ? all : undefined;
}

/** Whether there is one row a group, so that all parts have as many, and more than few new positions. */
function longCondition(fresh: string): GraphNode[] {
  const part = (name: string) => `${isLong}.${name}`;
  const list = (name: string, ...values: number[]): GraphNode => ({
    operator: 'Constant',
    inputs: [],
    outputs: [part(name)],
    attributes: { value_ints: values },
  });
  const sizes = { start: rowAxis, end: positionAxis + 1 };
  // length − 2³¹ · rows > few − 2³¹
  return [
    { operator: 'Shape', inputs: [fresh], outputs: [part('sizes')], attributes: sizes },
    list('factors', -(2 ** 31), 1),
    { operator: 'Mul', inputs: [part('sizes'), part('factors')], outputs: [part('products')] },
    { operator: 'ReduceSum', inputs: [part('products')], outputs: [part('sum')] },
    list('border', few - 2 ** 31),
    { operator: 'Greater', inputs: [part('sum'), part('border')], outputs: [isLong] },
  ];
}

function countUses({ nodes }: CacheGraph): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { inputs } of nodes) for (const name of inputs) uses.set(name, (uses.get(name) ?? 0) + 1);
  return uses;
}
