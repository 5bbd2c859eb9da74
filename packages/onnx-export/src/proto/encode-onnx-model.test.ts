import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { expect, test } from 'vitest';
import { encodeOnnxModel } from './encode-onnx-model';

/** A protobuf message as field number → raw values, by the wire format alone. */
function fields(bytes: Uint8Array): Map<number, (Uint8Array | string)[]> {
  const reader = new BinaryReader(bytes);
  const found = new Map<number, (Uint8Array | string)[]>();
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const value =
      wire === WireType.LengthDelimited
        ? reader.bytes()
        : String(wire === WireType.Bit32 ? reader.float() : reader.int64());
    found.set(field, [...(found.get(field) ?? []), value]);
  }
  return found;
}
const text = (value: Uint8Array | string | undefined) => new TextDecoder().decode(value as Uint8Array);

test('writes the fields of onnx.proto3', () => {
  const model = fields(
    encodeOnnxModel({
      name: 'graph',
      producer: 'test',
      operatorSets: [{ domain: '', version: 18 }],
      inputs: [{ name: 'x', type: 'float32', shape: ['batch', 3] }],
      outputs: [{ name: 'y', type: 'int64', shape: [1] }],
      nodes: [
        {
          operator: 'Gemm',
          domain: 'com.microsoft',
          name: 'n',
          inputs: ['x', 'w'],
          outputs: ['y'],
          attributes: {
            transB: { kind: 'int', value: -1 },
            alpha: { kind: 'float', value: 0.5 },
            perm: { kind: 'ints', value: [0, 2] },
          },
        },
      ],
      initializers: [
        {
          name: 'w',
          type: 'float32',
          shape: [3, 1],
          content: { kind: 'external', location: 'f', offset: 4096, length: 12 },
        },
      ],
      metadata: { key: 'value' },
    }),
  );
  expect(model.get(1)).toEqual(['10']);
  expect(text(model.get(2)![0])).toBe('test');
  expect(fields(model.get(8)![0] as Uint8Array).get(2)).toEqual(['18']);
  const graph = fields(model.get(7)![0] as Uint8Array);
  const node = fields(graph.get(1)![0] as Uint8Array);
  expect([text(node.get(4)![0]), text(node.get(7)![0]), node.get(1)!.map(text)]).toEqual([
    'Gemm',
    'com.microsoft',
    ['x', 'w'],
  ]);
  const attributes = node.get(5)!.map((bytes) => fields(bytes as Uint8Array));
  expect(
    attributes.map((entry) => [
      text(entry.get(1)![0]),
      entry.get(2),
      entry.get(3),
      entry.get(8),
      entry.get(20),
    ]),
  ).toEqual([
    ['transB', undefined, ['-1'], undefined, ['2']],
    ['alpha', ['0.5'], undefined, undefined, ['1']],
    ['perm', undefined, undefined, ['0', '2'], ['7']],
  ]);
  const weight = fields(graph.get(5)![0] as Uint8Array);
  expect([weight.get(1), weight.get(2), weight.get(14)]).toEqual([['3', '1'], ['1'], ['1']]);
  const external = weight.get(13)!.map((bytes) => [...fields(bytes as Uint8Array).values()].flat().map(text));
  expect(external).toEqual([
    ['location', 'f'],
    ['offset', '4096'],
    ['length', '12'],
  ]);
});
