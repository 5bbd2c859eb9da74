import { field, fields, textOf } from './wire';

/** A node as it stands in a graph. */
export interface ReadNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  /** The first of its outputs. */
  readonly output: string;
  /** All of them; those that nobody wants are empty. */
  readonly outputs: readonly string[];
  /** Numbers among its attributes. */
  readonly attributes: ReadonlyMap<string, number>;
}

export function readNode(node: Uint8Array): ReadNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  let operator = '';
  const attributes = new Map<string, number>();
  for (const { number, bytes } of fields(node)) {
    if (number === 1) inputs.push(textOf(bytes));
    else if (number === 2) outputs.push(textOf(bytes));
    else if (number === 4) operator = textOf(bytes);
    else if (number === 5) attributes.set(textOf(field(bytes, 1)?.bytes), attributeValue(bytes));
  }
  return { operator, inputs, output: outputs[0] ?? '', outputs, attributes };
}

function attributeValue(attribute: Uint8Array): number {
  const float = field(attribute, 2)?.bytes;
  if (float?.length === 4) return new DataView(float.buffer, float.byteOffset, 4).getFloat32(0, true);
  return field(attribute, 3)?.integer ?? 0;
}
