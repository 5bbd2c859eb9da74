import { type ReadNode, readNode } from './read-node';
import { BinaryWriter, field, fields, integer, integersOf, message, text, textOf } from './wire';
import { type GraphNode, writeNode } from './write-node';

/** A weight of rows that lies in a file, and how it is cut. */
interface CutTensor {
  readonly name: string;
  readonly type: number;
  readonly rows: number;
  readonly columns: number;
  readonly location: string;
  readonly offset: number;
  /** Where parts begin, and the end of the last one. */
  readonly borders: readonly number[];
}

const bytesOfType: Readonly<Record<number, number>> = { 1: 4, 10: 2 };

/**
 * Cuts matrices that are larger than a device's buffers into rows that fit: an embedding becomes several tables of
 * which the one that has an id gives its row, an output layer several products side by side. The parts lie where the whole lay
 * in the external file, so the files stay as they are. What cannot be cut is left whole: matrices within the graph, of other types
 * than float32 and float16, and those that something else than `Gather`, `Gemm` or a cast between reads.
 * @param limit most bytes of a tensor
 */
export function splitRows(model: Uint8Array, limit: number): Uint8Array {
  const graph = field(model, 7)?.bytes;
  const cuts = graph && cutTensors(graph, limit);
  if (!cuts || cuts.size === 0) return model;
  const writer = new BinaryWriter();
  for (const part of fields(model)) {
    if (part.number === 7) message(writer, 7, (into) => rewrite(into, part.bytes, cuts));
    else writer.raw(part.whole);
  }
  return writer.finish();
}

/** Tensors to be cut, by the names under which nodes read them: their own, and those of their casts. */
function cutTensors(graph: Uint8Array, limit: number): Map<string, CutTensor> {
  const cuts = new Map<string, CutTensor>();
  for (const { number, bytes } of fields(graph)) {
    const cut = number === 5 && cutOf(bytes, limit);
    if (cut) cuts.set(cut.name, cut);
  }
  const nodes = [...fields(graph)].filter(({ number }) => number === 1).map(({ bytes }) => readNode(bytes));
  for (const { operator, inputs, output } of nodes) {
    const cut = operator === 'Cast' && cuts.get(inputs[0]!);
    if (cut) cuts.set(output, cut);
  }
  for (const node of nodes)
    for (const input of node.inputs) {
      const cut = cuts.get(input);
      if (cut && !readsRows(node, input))
        for (const [name, other] of cuts) if (other === cut) cuts.delete(name);
    }
  return cuts;
}

/** Whether a node reads a matrix in a way that its parts can serve. */
function readsRows({ operator, inputs, attributes }: ReadNode, matrix: string): boolean {
  if (operator === 'Cast') return true;
  if (operator === 'Gather') return inputs[0] === matrix && !attributes.get('axis');
  const plain = (attributes.get('alpha') ?? 1) === 1 && !attributes.get('transA');
  return operator === 'Gemm' && plain && attributes.get('transB') === 1 && inputs[1] === matrix && !inputs[2];
}

function cutOf(tensor: Uint8Array, limit: number): CutTensor | undefined {
  const [rows, columns, ...more] = integersOf(tensor, 1);
  const type = field(tensor, 2)?.integer ?? 0;
  const size = bytesOfType[type];
  if (!rows || !columns || more.length > 0 || !size || rows * columns * size <= limit) return undefined;
  const external = new Map<string, string>();
  for (const { number, bytes } of fields(tensor))
    if (number === 13) external.set(textOf(field(bytes, 1)?.bytes), textOf(field(bytes, 2)?.bytes));
  const location = external.get('location');
  const most = Math.floor(limit / (columns * size));
  if (location === undefined || most === 0) return undefined;
  const count = Math.ceil(rows / most);
  const borders = Array.from({ length: count + 1 }, (_, part) => Math.min(rows, part * most));
  const offset = Number(external.get('offset') ?? 0);
  return { name: textOf(field(tensor, 8)?.bytes), type, rows, columns, location, offset, borders };
}

const partOf = (name: string, part: number): string => `${name}.rows.${part}`;

function rewrite(graph: BinaryWriter, original: Uint8Array, cuts: ReadonlyMap<string, CutTensor>): void {
  for (const cut of new Set(cuts.values()))
    for (let part = 0; part + 1 < cut.borders.length; part++) writePart(graph, cut, part);
  for (const { number, bytes, whole } of fields(original)) {
    if (number === 5 && cuts.has(textOf(field(bytes, 8)?.bytes))) continue;
    const node = number === 1 ? readNode(bytes) : undefined;
    const read = node?.inputs.find((input) => cuts.has(input));
    if (!node || read === undefined) graph.raw(whole);
    else for (const each of partsOf(node, read, cuts.get(read)!)) writeNode(graph, each);
  }
}

/** Some rows as a tensor of their own, in the same file. */
function writePart(graph: BinaryWriter, cut: CutTensor, part: number): void {
  const { name, type, columns, location, offset, borders } = cut;
  const [begin, end] = [borders[part]!, borders[part + 1]!];
  const rowBytes = columns * bytesOfType[type]!;
  message(graph, 5, (tensor) => {
    integer(tensor, 1, end - begin);
    integer(tensor, 1, columns);
    integer(tensor, 2, type);
    text(tensor, 8, partOf(name, part));
    const entries = { location, offset: offset + begin * rowBytes, length: (end - begin) * rowBytes };
    for (const [key, value] of Object.entries(entries))
      message(tensor, 13, (entry) => {
        text(entry, 1, key);
        text(entry, 2, String(value));
      });
    integer(tensor, 14, 1);
  });
}

/** The nodes that do with the parts of a matrix what one node does with the whole. */
function partsOf(
  { operator, inputs, output, attributes }: ReadNode,
  read: string,
  cut: CutTensor,
): GraphNode[] {
  const count = cut.borders.length - 1;
  const parts = Array.from({ length: count }, (_, part) => part);
  if (operator === 'Cast')
    return parts.map((part) => ({
      operator,
      inputs: [partOf(read, part)],
      outputs: [partOf(output, part)],
      attributes: { to: attributes.get('to')! },
    }));
  if (operator === 'Gemm')
    return [
      ...parts.map((part) => ({
        operator,
        inputs: [inputs[0]!, partOf(read, part)],
        outputs: [partOf(output, part)],
        attributes: { transB: 1 },
      })),
      {
        operator: 'Concat',
        inputs: parts.map((part) => partOf(output, part)),
        outputs: [output],
        attributes: { axis: 1 },
      },
    ];
  return gathered(inputs[1]!, output, read, cut);
}

/** Rows by their ids, out of the part that has them: ids are held within each part, and the last part that they reach counts. */
function gathered(ids: string, output: string, read: string, { borders }: CutTensor): GraphNode[] {
  const count = borders.length - 1;
  const name = (what: string, part: number) => `${output}.${what}.${part}`;
  const long = `${output}.ids`;
  const nodes: GraphNode[] = [{ operator: 'Cast', inputs: [ids], outputs: [long], attributes: { to: 7 } }];
  const add = (operator: string, from: string[], to: string, attributes: GraphNode['attributes'] = {}) => {
    nodes.push({ operator, inputs: from, outputs: [to], attributes });
    return to;
  };
  const constant = (value: number, to: string) => add('Constant', [], to, { value_ints: [value] });
  let found = '';
  for (let part = 0; part < count; part++) {
    const begin = constant(borders[part]!, name('begin', part));
    const last = constant(borders[part + 1]! - 1, name('last', part));
    const held = add('Min', [add('Max', [long, begin], name('above', part)), last], name('held', part));
    const local = add('Sub', [held, begin], name('local', part));
    const rows = add('Gather', [partOf(read, part), local], name('rows', part));
    if (part === 0) {
      found = rows;
      continue;
    }
    const isBelow = add('Less', [long, begin], name('is-below', part));
    const condition = add('Unsqueeze', [isBelow, constant(-1, name('axis', part))], name('condition', part));
    found = add('Where', [condition, found, rows], part === count - 1 ? output : name('found', part));
  }
  return nodes;
}
