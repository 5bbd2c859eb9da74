import { BinaryWriter, integer, message, text } from './wire';
import { type GraphNode, writeNode } from './write-node';

export interface SmallGraph {
  readonly nodes: readonly GraphNode[];
  readonly inputs: Readonly<Record<string, 'float32' | 'float16' | 'int64'>>;
  readonly outputs: Readonly<Record<string, 'float32' | 'float16' | 'int64'>>;
}

const elementType = { float32: 1, int64: 7, float16: 10 } as const;

/** The bytes of an ONNX model of a few standard operators (opset 18), whose values may have any shape. */
export function smallGraph({ nodes, inputs, outputs }: SmallGraph): Uint8Array<ArrayBuffer> {
  const model = new BinaryWriter();
  integer(model, 1, 10);
  message(model, 7, (graph) => {
    for (const node of nodes) writeNode(graph, node);
    text(graph, 2, 'nexttoken');
    for (const [field, values] of [
      [11, inputs],
      [12, outputs],
    ] as const)
      for (const [name, type] of Object.entries(values))
        message(graph, field, (value) => {
          text(value, 1, name);
          message(value, 2, (valueType) =>
            message(valueType, 1, (tensorType) => integer(tensorType, 1, elementType[type])),
          );
        });
  });
  message(model, 8, (operators) => {
    text(operators, 1, '');
    integer(operators, 2, 18);
  });
  return model.finish();
}
