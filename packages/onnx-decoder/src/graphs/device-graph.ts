import { attentionProduct, type DeclaredShape } from './attention-product';
import { joinedCache } from './joined-cache';
import { knownSize } from './known-size';
import { plainNorm } from './plain-norm';
import { plainProduct } from './plain-product';
import { plainSoftmax } from './plain-softmax';
import { plainSum } from './plain-sum';
import { type ReadNode, readNode } from './read-node';
import { reducedWave } from './reduced-wave';
import { summedProduct } from './summed-product';
import { type GraphTable, initializersOf, waveTable } from './wave-table';
import { BinaryWriter, field, fields, integer, message, text, textOf, WireType } from './wire';
import { writeNode } from './write-node';

export interface DeviceGraphOptions {
  readonly contextLength: number;
  /**
   * What becomes plain sums (`Einsum`) instead of programs whose threads wait for each other: products with the cache; also
   * products of few rows with weights, softmax and norms, and a cache in parts is joined for many new positions (`all`, for GPUs in software); or nothing (default: for providers that
   * do not have such sums).
   */
  readonly sums?: 'cache' | 'all' | 'none' | undefined;
}

/**
 * A decoder graph as GPU providers run it best: products with the cache and sums in operators that they have, rotary
 * waves from tables, sizes out of shapes. Everything else stays byte for byte.
 * Cost: two passes over the graph's bytes and two tables of `contextLength` positions; weights in other files are not
 * touched.
 */
export function deviceGraph(model: Uint8Array, options: DeviceGraphOptions): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  const { sums, contextLength } = options;
  // Older graphs cannot hold the operators in the form in which they are written here.
  const possible = sums === 'all' && standardOperators(model) < 15 ? 'cache' : sums;
  for (const part of fields(model)) {
    if (part.number === 7)
      message(writer, 7, (graph) => rewriteGraph(graph, part.bytes, { contextLength, sums: possible }));
    else writer.raw(part.whole);
  }
  return writer.finish();
}

/** The output that has all new keys and values. */
const joinedNew = 'new';

function rewriteGraph(
  writer: BinaryWriter,
  graph: Uint8Array,
  { contextLength, sums = 'none' }: DeviceGraphOptions,
): void {
  const shapes = new Map<string, DeclaredShape>();
  const producers = new Map<string, ReadNode>();
  const nodes = new Map<Uint8Array, ReadNode>();
  const reduced = new Set<string>();
  const outputs = new Set<string>();
  const parts = [...fields(graph)];
  for (const { number, bytes } of parts) {
    if (number === 1) {
      const node = readNode(bytes);
      nodes.set(bytes, node);
      producers.set(node.output, node);
    } else if (number >= 11 && number <= 13) {
      const shape = declaredShape(bytes);
      const name = textOf(field(bytes, 1)?.bytes);
      if (shape !== undefined) shapes.set(name, shape);
      if (number === 12) outputs.add(name);
    }
  }
  const facts = { producers, initializers: initializersOf(graph), contextLength };
  const without = (node: ReadNode) =>
    sums === 'all' ? (summedProduct(node) ?? plainSoftmax(node) ?? plainNorm(node, facts)) : undefined;
  const product = (node: ReadNode) =>
    (sums === 'none' ? undefined : attentionProduct(node, shapes)) ??
    without(node) ??
    plainProduct(node, shapes);
  const joined =
    sums === 'all' ? joinedCache({ nodes: [...nodes.values()], producers, shapes, outputs }) : undefined;
  for (const { number, bytes, whole } of parts) {
    const node = nodes.get(bytes);
    if (node && joined?.within.has(node.output)) continue;
    // New keys and values stay on the device, each in a tensor of its own.
    if (node?.output === joinedNew || (number === 12 && textOf(field(bytes, 1)?.bytes) === joinedNew))
      continue;
    const tabled = node && waveTable(node, facts);
    if (tabled) writeTable(writer, tabled.table);
    const others =
      node &&
      (joined?.instead.get(node.output) ??
        product(node) ??
        plainSum(node) ??
        knownSize(node) ??
        tabled?.nodes ??
        reducedWave(node, reduced));
    if (!others) writer.raw(whole);
    else for (const each of others) writeNode(writer, each);
  }
}

/** The version of the standard operators that a model is written in. */
function standardOperators(model: Uint8Array): number {
  for (const { number, bytes } of fields(model))
    if (number === 8 && textOf(field(bytes, 1)?.bytes) === '') return field(bytes, 2)?.integer ?? 0;
  return 0;
}

function writeTable(graph: BinaryWriter, { name, shape, data }: GraphTable): void {
  message(graph, 5, (tensor) => {
    for (const size of shape) integer(tensor, 1, size);
    integer(tensor, 2, 1);
    text(tensor, 8, name);
    tensor.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(data.buffer));
  });
}

/** The dimensions of a value that the graph declares: an input, an output, or a noted intermediate one. */
function declaredShape(value: Uint8Array): DeclaredShape | undefined {
  const type = field(value, 2)?.bytes;
  const tensor = type && field(type, 1)?.bytes;
  const shape = tensor && field(tensor, 2)?.bytes;
  return shape && [...fields(shape)].map(({ bytes }) => field(bytes, 1)?.integer);
}
