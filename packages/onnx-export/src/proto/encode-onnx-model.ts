import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  elementType,
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from './onnx-model';

const irVersion = 10;

function message(writer: BinaryWriter, field: number, write: (writer: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

function entry(writer: BinaryWriter, field: number, key: string, value: string): void {
  message(writer, field, (w) => {
    text(w, 1, key);
    text(w, 2, value);
  });
}

function attribute(writer: BinaryWriter, name: string, { kind, value }: OnnxAttribute): void {
  message(writer, 5, (w) => {
    text(w, 1, name);
    if (kind === 'float') w.tag(2, WireType.Bit32).float(value);
    else if (kind === 'int') integer(w, 3, value);
    else for (const item of value) integer(w, 8, item);
    integer(w, 20, { float: 1, int: 2, ints: 7 }[kind]);
  });
}

function node(writer: BinaryWriter, value: OnnxNode): void {
  message(writer, 1, (w) => {
    for (const input of value.inputs) text(w, 1, input);
    for (const output of value.outputs) text(w, 2, output);
    text(w, 3, value.name);
    text(w, 4, value.operator);
    for (const [name, item] of Object.entries(value.attributes)) attribute(w, name, item);
    if (value.domain) text(w, 7, value.domain);
  });
}

function tensor(writer: BinaryWriter, { name, type, shape, content }: OnnxTensor): void {
  message(writer, 5, (w) => {
    for (const size of shape) integer(w, 1, size);
    integer(w, 2, elementType[type]);
    text(w, 8, name);
    if (content.kind === 'inline') {
      w.tag(9, WireType.LengthDelimited).bytes(content.bytes);
      return;
    }
    entry(w, 13, 'location', content.location);
    entry(w, 13, 'offset', String(content.offset));
    entry(w, 13, 'length', String(content.length));
    integer(w, 14, 1);
  });
}

function value(writer: BinaryWriter, field: number, { name, type, shape }: OnnxValue): void {
  message(writer, field, (w) => {
    text(w, 1, name);
    message(w, 2, (typeWriter) =>
      message(typeWriter, 1, (tensorType) => {
        integer(tensorType, 1, elementType[type]);
        message(tensorType, 2, (shapeWriter) => {
          for (const size of shape)
            message(shapeWriter, 1, (dimension) => {
              if (typeof size === 'number') integer(dimension, 1, size);
              else text(dimension, 2, size);
            });
        });
      }),
    );
  });
}

/** The bytes of an ONNX `ModelProto` (onnx.proto3, IR version 10). */
export function encodeOnnxModel(model: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  integer(writer, 1, irVersion);
  text(writer, 2, model.producer);
  message(writer, 7, (graph) => {
    for (const item of model.nodes) node(graph, item);
    text(graph, 2, model.name);
    for (const item of model.initializers) tensor(graph, item);
    for (const item of model.inputs) value(graph, 11, item);
    for (const item of model.outputs) value(graph, 12, item);
  });
  for (const { domain, version } of model.operatorSets)
    message(writer, 8, (w) => {
      text(w, 1, domain);
      integer(w, 2, version);
    });
  for (const [key, item] of Object.entries(model.metadata)) entry(writer, 14, key, item);
  return writer.finish();
}
