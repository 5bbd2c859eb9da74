import { smallGraph } from '../graphs/small-graph';
import type { GraphNode } from '../graphs/write-node';

const each = (count: number, name: string, type: 'float32' | 'float16') =>
  Object.fromEntries(Array.from({ length: count }, (_, side) => [`${name}.${side}`, type] as const));

/** `shape` → zeros of that shape. */
export function zerosGraph(): Uint8Array<ArrayBuffer> {
  return smallGraph({
    nodes: [
      { operator: 'Constant', inputs: [], outputs: ['zero'], attributes: { value_float: { float: 0 } } },
      { operator: 'Expand', inputs: ['zero', 'shape'], outputs: ['zeros'] },
    ],
    inputs: { shape: 'int64' },
    outputs: { zeros: 'float32' },
  });
}

/** out.N = target.N with its rows at `to` replaced by the rows of source.N at `from`. */
export function moveGraph(sides: number): Uint8Array<ArrayBuffer> {
  const nodes = Array.from({ length: sides }, (_, side): GraphNode[] => [
    { operator: 'GatherND', inputs: [`source.${side}`, 'from'], outputs: [`moved.${side}`] },
    {
      operator: 'ScatterND',
      inputs: [`target.${side}`, 'to', `moved.${side}`],
      outputs: [`out.${side}`],
    },
  ]);
  return smallGraph({
    nodes: nodes.flat(),
    inputs: {
      to: 'int64',
      from: 'int64',
      ...each(sides, 'target', 'float32'),
      ...each(sides, 'source', 'float32'),
    },
    outputs: each(sides, 'out', 'float32'),
  });
}

/** out.N = the first `length` of value.N along its third axis. */
export function cutGraph(sides: number, type: 'float32' | 'float16'): Uint8Array<ArrayBuffer> {
  const nodes = Array.from({ length: sides }, (_, side) => ({
    operator: 'Slice',
    inputs: [`value.${side}`, 'start', 'length', 'axis'],
    outputs: [`out.${side}`],
  }));
  const constant = (name: string, value: number) => ({
    operator: 'Constant',
    inputs: [],
    outputs: [name],
    attributes: { value_ints: [value] },
  });
  return smallGraph({
    nodes: [constant('start', 0), constant('axis', 2), ...nodes],
    inputs: { length: 'int64', ...each(sides, 'value', type) },
    outputs: each(sides, 'out', type),
  });
}
