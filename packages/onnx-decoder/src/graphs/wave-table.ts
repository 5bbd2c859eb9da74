import type { ReadNode } from './read-node';
import { field, fields, textOf } from './wire';
import type { GraphNode } from './write-node';

/** A constant to be added to a graph. */
export interface GraphTable {
  readonly name: string;
  readonly shape: readonly [number, number];
  readonly data: Float32Array;
}

/** Tables larger than this are not made: the GPU's own sines are used then, brought within one turn. */
const mostBytes = 2 ** 26;

/** What a graph knows about its values. */
export interface GraphFacts {
  readonly producers: ReadonlyMap<string, ReadNode>;
  /** Initializers, as they stand in the graph. */
  readonly initializers: ReadonlyMap<string, Uint8Array>;
  readonly contextLength: number;
}

/**
 * Rotary sines and cosines out of a table of all positions. GPUs compute sines with few bits (WebGPU promises 2⁻¹¹
 * between −π and π, and nothing beyond), which moves logits in the third digit; the table is what the CPU computes:
 * wave(position · frequency) with the angle rounded to float32.
 * @returns nothing for other nodes, and for angles that are not a column of positions times constants
 */
export function waveTable(
  { operator, inputs, output }: ReadNode,
  { producers, initializers, contextLength }: GraphFacts,
): { readonly table: GraphTable; readonly nodes: readonly GraphNode[] } | undefined {
  if (operator !== 'Cos' && operator !== 'Sin') return undefined;
  const product = producers.get(inputs[0]!);
  if (product?.operator !== 'Mul') return undefined;
  const [column, constant] = product.inputs as [string, string];
  const cast = producers.get(producers.get(column)?.inputs[0] ?? '');
  const frequencies = floatsOf(initializers.get(constant));
  if (producers.get(column)?.operator !== 'Unsqueeze' || cast?.operator !== 'Cast' || !frequencies)
    return undefined;
  const { length } = frequencies;
  if (contextLength * length * 4 > mostBytes) return undefined;
  const wave = operator === 'Cos' ? Math.cos : Math.sin;
  const data = Float32Array.from({ length: contextLength * length }, (_, index) =>
    wave(Math.fround(Math.floor(index / length) * frequencies[index % length]!)),
  );
  const name = `${output}.table`;
  return {
    table: { name, shape: [contextLength, length], data },
    nodes: [{ operator: 'Gather', inputs: [name, cast.inputs[0]!], outputs: [output] }],
  };
}

/** The values of a float32 initializer that lies in the graph itself. */
function floatsOf(tensor: Uint8Array | undefined): Float32Array | undefined {
  if (!tensor || field(tensor, 2)?.integer !== 1) return undefined;
  const raw = field(tensor, 9)?.bytes;
  if (!raw || raw.length === 0) return undefined;
  // `slice` of Node's Buffer copies nothing.
  return new Float32Array(Uint8Array.from(raw).buffer);
}

/** Initializers of a graph by name. */
export function initializersOf(graph: Uint8Array): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const { number, bytes } of fields(graph))
    if (number === 5) found.set(textOf(field(bytes, 8)?.bytes), bytes);
  return found;
}
