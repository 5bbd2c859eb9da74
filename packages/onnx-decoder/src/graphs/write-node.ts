import { type BinaryWriter, integer, message, text, WireType } from './wire';

/** A node of a graph; attributes are whole numbers, lists of them, or `{ float }`. */
export interface GraphNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;
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
        if (typeof value === 'number') integer(attribute, 3, value);
        else if ('float' in value) attribute.tag(2, WireType.Bit32).float(value.float);
        else for (const item of value) integer(attribute, 8, item);
        integer(attribute, 20, typeof value === 'number' ? 2 : 'float' in value ? 1 : 7);
      });
  });
}
