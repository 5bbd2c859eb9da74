import { type BinaryWriter, integer, message, text, WireType } from './wire';

/** Whole numbers, lists of them, texts, `{ float }`, and graphs whose last node makes their one float32 output. */
type GraphAttribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly nodes: readonly GraphNode[] };

/** A node of a graph. */
export interface GraphNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, GraphAttribute>>;
}

/** Writes a node of the standard operators as a field of ONNX's `GraphProto`. */
export function writeNode(graph: BinaryWriter, { operator, inputs, outputs, attributes }: GraphNode): void {
  message(graph, 1, (node) => {
    for (const input of inputs) text(node, 1, input);
    for (const output of outputs) text(node, 2, output);
    text(node, 3, outputs[0]!);
    text(node, 4, operator);
    for (const [name, value] of Object.entries(attributes ?? {}))
      message(node, 5, (attribute) => {
        text(attribute, 1, name);
        integer(attribute, 20, writeValue(attribute, value));
      });
  });
}

/** @returns ONNX's number of the attribute's kind */
function writeValue(attribute: BinaryWriter, value: GraphAttribute): number {
  if (typeof value === 'number') {
    integer(attribute, 3, value);
    return 2;
  }
  if (typeof value === 'string') {
    text(attribute, 4, value);
    return 3;
  }
  if ('float' in value) {
    attribute.tag(2, WireType.Bit32).float(value.float);
    return 1;
  }
  if ('nodes' in value) {
    message(attribute, 6, (branch) => writeBranch(branch, value.nodes));
    return 5;
  }
  for (const item of value) integer(attribute, 8, item);
  return 7;
}

function writeBranch(branch: BinaryWriter, nodes: readonly GraphNode[]): void {
  for (const node of nodes) writeNode(branch, node);
  const result = nodes.at(-1)!.outputs[0]!;
  text(branch, 2, result);
  message(branch, 12, (value) => {
    text(value, 1, result);
    message(value, 2, (type) => message(type, 1, (tensor) => integer(tensor, 1, 1)));
  });
}
