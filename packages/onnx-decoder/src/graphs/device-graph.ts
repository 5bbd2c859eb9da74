import { attentionProduct, type DeclaredShape } from './attention-product';
import { knownSize } from './known-size';
import { plainProduct } from './plain-product';
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
   * What becomes plain sums (`Einsum`) instead of tiled matrix products: those with the cache, also those of few rows with
   * weights (for GPUs in software), or none (default: for providers that do not have such sums).
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
  for (const part of fields(model)) {
    if (part.number === 7) message(writer, 7, (graph) => rewriteGraph(graph, part.bytes, options));
    else writer.raw(part.whole);
  }
  return writer.finish();
}

function rewriteGraph(
  writer: BinaryWriter,
  graph: Uint8Array,
  { contextLength, sums = 'none' }: DeviceGraphOptions,
): void {
  const shapes = new Map<string, DeclaredShape>();
  const producers = new Map<string, ReadNode>();
  const nodes = new Map<Uint8Array, ReadNode>();
  const reduced = new Set<string>();
  const parts = [...fields(graph)];
  for (const { number, bytes } of parts) {
    if (number === 1) {
      const node = readNode(bytes);
      nodes.set(bytes, node);
      producers.set(node.output, node);
    } else if (number >= 11 && number <= 13) {
      const shape = declaredShape(bytes);
      if (shape !== undefined) shapes.set(textOf(field(bytes, 1)?.bytes), shape);
    }
  }
  const facts = { producers, initializers: initializersOf(graph), contextLength };
  const product = (node: ReadNode) =>
    (sums === 'none' ? undefined : attentionProduct(node, shapes)) ??
    (sums === 'all' ? summedProduct(node) : undefined) ??
    plainProduct(node, shapes);
  for (const { bytes, whole } of parts) {
    const node = nodes.get(bytes);
    const tabled = node && waveTable(node, facts);
    if (tabled) writeTable(writer, tabled.table);
    const others =
      node &&
      (product(node) ?? plainSum(node) ?? knownSize(node) ?? tabled?.nodes ?? reducedWave(node, reduced));
    if (!others) writer.raw(whole);
    else for (const each of others) writeNode(writer, each);
  }
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
