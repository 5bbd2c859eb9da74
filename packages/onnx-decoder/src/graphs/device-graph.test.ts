import { describe, expect, test } from 'vitest';
import { deviceGraph } from './device-graph';
import { graphOutputs } from './graph-outputs';
import { smallGraph } from './small-graph';
import { BinaryWriter, field, fields, integer, message, text, textOf, WireType } from './wire';

/** A graph with one product of queries and keys, whose keys are an input of the given rank. @param first its first size */
function productGraph(rank: number, attributes: Record<string, number>, first = 4): Uint8Array {
  const model = new BinaryWriter();
  integer(model, 1, 10);
  message(model, 7, (graph) => {
    message(graph, 1, (node) => {
      text(node, 1, 'queries');
      text(node, 1, 'keys');
      text(node, 2, 'scores');
      text(node, 4, 'FusedMatMul');
      for (const [name, value] of Object.entries(attributes))
        message(node, 5, (attribute) => {
          text(attribute, 1, name);
          if (name === 'alpha') attribute.tag(2, WireType.Bit32).float(value);
          else integer(attribute, 3, value);
        });
      text(node, 7, 'com.microsoft');
    });
    message(graph, 11, (value) => {
      text(value, 1, 'keys');
      message(value, 2, (type) =>
        message(type, 1, (tensor) => {
          integer(tensor, 1, 1);
          message(tensor, 2, (shape) => {
            for (let axis = 0; axis < rank; axis++)
              message(shape, 1, (size) => integer(size, 1, axis === 0 ? first : 4));
          });
        }),
      );
    });
  });
  return model.finish();
}

const nodesOf = (model: Uint8Array) =>
  [...fields(field(model, 7)!.bytes)]
    .filter(({ number }) => number === 1)
    .map(({ bytes }) => {
      const names = (number: number) =>
        [...fields(bytes)].filter((each) => each.number === number).map((each) => textOf(each.bytes));
      return `${names(2)} = ${textOf(field(bytes, 4)?.bytes)}(${names(1)})`;
    });

/** An equation with its letters named in the order in which they appear. */
function renamed(equation: string): string {
  const names = new Map<string, string>();
  return equation.replace(/[a-z]/g, (letter) => {
    if (!names.has(letter)) names.set(letter, 'abcdefgh'[names.size]!);
    return names.get(letter)!;
  });
}

describe('deviceGraph', () => {
  test('a product with transposed keys turns queries and scores instead', () => {
    expect(nodesOf(deviceGraph(productGraph(4, { transB: 1, alpha: 0.125 }), { contextLength: 4 }))).toEqual([
      'scores.turned = Transpose(queries)',
      'scores.scale = Constant()',
      'scores.scaled = Mul(scores.turned,scores.scale)',
      'scores.scores = MatMul(keys,scores.scaled)',
      'scores = Transpose(scores.scores)',
    ]);
  });

  const equations = (model: Uint8Array) =>
    [...new TextDecoder().decode(model).matchAll(/[a-z]+,[a-z]+->[a-z]+/g)].map(([equation]) => equation);

  test('a product with the cache becomes a sum over the common axis; an axis of size 1 serves all', () => {
    const options = { contextLength: 4, sums: 'cache' } as const;
    const whole = deviceGraph(productGraph(4, { transB: 1 }), options);
    expect(nodesOf(whole)).toEqual(['scores = Einsum(queries,keys)']);
    expect(equations(whole).map(renamed)).toEqual(['abcd,abed->abce']);
    const shared = deviceGraph(productGraph(4, { transB: 1, alpha: 0.5 }, 1), options);
    expect(nodesOf(shared)).toEqual([
      'scores.scaled.by = Constant()',
      'scores.scaled = Mul(queries,scores.scaled.by)',
      'scores = Einsum(scores.scaled,keys)',
    ]);
    expect(equations(shared).map(renamed)).toEqual(['abcd,ebfd->abcf']);
  });

  test('a product of few rows with weights is a sum, one of many rows stays', () => {
    const model = smallGraph({
      nodes: [{ operator: 'Gemm', inputs: ['x', 'w', 'b'], outputs: ['y'], attributes: { transB: 1 } }],
      inputs: { x: 'float32', w: 'float32', b: 'float32' },
      outputs: { y: 'float32' },
    });
    expect(deviceGraph(model, { contextLength: 4, sums: 'cache' })).toEqual(model);
    expect(nodesOf(deviceGraph(model, { contextLength: 4, sums: 'all' })).at(-1)).toBe('y = If(y.isFew)');
  });

  test('softmax and norms become programs without barriers, for GPUs in software', () => {
    const softmax = smallGraph({
      nodes: [{ operator: 'Softmax', inputs: ['x'], outputs: ['y'], attributes: { axis: -1 } }],
      inputs: { x: 'float32' },
      outputs: { y: 'float32' },
    });
    expect(deviceGraph(softmax, { contextLength: 4, sums: 'cache' })).toEqual(softmax);
    expect(nodesOf(deviceGraph(softmax, { contextLength: 4, sums: 'all' }))).toEqual([
      'y.place = ArgMax(x)',
      'y.largest = GatherElements(x,y.place)',
      'y.distance = Sub(x,y.largest)',
      'y.powers = Exp(y.distance)',
      'y.sum.flat = Einsum(y.powers)',
      'y.sum.axis = Constant()',
      'y.sum = Unsqueeze(y.sum.flat,y.sum.axis)',
      'y = Div(y.powers,y.sum)',
    ]);
    // Weights whose width nobody tells stay in their norm.
    const norm = smallGraph({
      nodes: [{ operator: 'LayerNormalization', inputs: ['x', 'w'], outputs: ['y'] }],
      inputs: { x: 'float32', w: 'float32' },
      outputs: { y: 'float32' },
    });
    expect(deviceGraph(norm, { contextLength: 4, sums: 'all' })).toEqual(norm);
  });

  test('a number of elements comes from the shape, not from the value', () => {
    const model = smallGraph({
      nodes: [{ operator: 'Size', inputs: ['x'], outputs: ['n'] }],
      inputs: { x: 'float32' },
      outputs: { n: 'int64' },
    });
    expect(nodesOf(deviceGraph(model, { contextLength: 4 }))).toEqual([
      'n.shape = Shape(x)',
      'n = ReduceProd(n.shape)',
    ]);
  });

  test('a sum of several becomes additions of two', () => {
    const model = smallGraph({
      nodes: [
        { operator: 'Sum', inputs: ['a', 'b', 'c'], outputs: ['y'] },
        { operator: 'Sum', inputs: ['a', 'y'], outputs: ['z'] },
        { operator: 'Sum', inputs: ['z'], outputs: ['out'] },
      ],
      inputs: { a: 'float32', b: 'float32', c: 'float32' },
      outputs: { out: 'float32' },
    });
    expect(nodesOf(deviceGraph(model, { contextLength: 4 }))).toEqual([
      'y.sum.1 = Add(a,b)',
      'y = Add(y.sum.1,c)',
      'z = Add(a,y)',
      'out = Sum(z)',
    ]);
  });

  test.each([
    [0, { transB: 1 }],
    [4, { transB: 0 }],
    [4, { transB: 1, transA: 1 }],
  ])('other products stay: rank %d, %o', (rank, attributes) => {
    const model = productGraph(rank, attributes as Record<string, number>);
    expect(deviceGraph(model, { contextLength: 4 })).toEqual(model);
  });

  test('angles are brought within one turn, once for sine and cosine', () => {
    const model = smallGraph({
      nodes: [
        { operator: 'Cos', inputs: ['angles'], outputs: ['cosine'] },
        { operator: 'Sin', inputs: ['angles'], outputs: ['sine'] },
      ],
      inputs: { angles: 'float32' },
      outputs: { cosine: 'float32', sine: 'float32' },
    });
    const nodes = nodesOf(deviceGraph(model, { contextLength: 4 }));
    expect(nodes.filter((node) => node.includes('Floor'))).toHaveLength(1);
    expect(nodes.slice(-2)).toEqual(['cosine = Cos(angles.rest2)', 'sine = Sin(angles.rest2)']);
  });

  test('the array that joins all new keys and values is left out', () => {
    const parts = ['new.0.key', 'new.0.value'];
    const model = smallGraph({
      nodes: [
        { operator: 'Neg', inputs: ['x'], outputs: ['new.0.key'] },
        { operator: 'Abs', inputs: ['x'], outputs: ['new.0.value'] },
        { operator: 'Concat', inputs: parts, outputs: ['new'], attributes: { axis: 0 } },
      ],
      inputs: { x: 'float32' },
      outputs: { 'new.0.key': 'float32', 'new.0.value': 'float32', new: 'float32' },
    });
    const rewritten = deviceGraph(model, { contextLength: 4 });
    expect(nodesOf(rewritten)).toEqual(['new.0.key = Neg(x)', 'new.0.value = Abs(x)']);
    expect(graphOutputs(rewritten)).toEqual(parts);
  });

  test('a model without such products comes back byte for byte', () => {
    const model = smallGraph({
      nodes: [{ operator: 'Neg', inputs: ['x'], outputs: ['y'] }],
      inputs: { x: 'float32' },
      outputs: { y: 'float32' },
    });
    expect(deviceGraph(model, { contextLength: 4 })).toEqual(model);
  });
});
