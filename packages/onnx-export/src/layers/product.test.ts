import { describe, expect, test } from 'vitest';
import { runGraph } from '../testing/run-graph';
import {
  floatMatrix,
  ggufMatrix,
  integerMatrices,
  type StoredMatrix,
  wideQ41Matrix,
} from '../testing/stored-matrix';
import type { FormatSettings } from '../weights/choose-format';
import { embedding } from './embedding';
import { linear } from './linear';

/** Products of a few inputs with a stored matrix, in one format, and the largest error as a part of the largest result. */
async function errorOf(
  matrix: StoredMatrix,
  settings: Partial<FormatSettings>,
  role: 'layer' | 'output' = 'layer',
) {
  const { checkpoint, values, rows, columns } = matrix;
  const inputs = floatMatrix(3, columns).values;
  const { data, formats } = await runGraph(
    checkpoint,
    settings,
    { data: inputs, shape: [3, columns] },
    (graph, x) =>
      linear(graph, x, { modules: ['m'], outputSizes: [rows], inputSize: columns, bias: false, role }),
  );
  const expected = Float64Array.from({ length: 3 * rows }, (_, index) => {
    const [x, w] = [Math.floor(index / rows) * columns, (index % rows) * columns];
    let sum = 0;
    for (let i = 0; i < columns; i++) sum += inputs[x + i]! * values[w + i]!;
    return sum;
  });
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - data[i]!)), 0);
  return { error: worst / largest, formats: Object.keys(formats), length: data.length };
}

describe('blocks of GGUF as they are stored, against the numbers that gguf (Python) makes of them', () => {
  test.each(['Q4_0', 'Q4_1', 'Q4_K', 'Q8_0', 'Q6_K'])('%s', async (type) => {
    const matrix = ggufMatrix(type);
    const dtype = /8|6/.test(type) ? 'q8' : 'q4';
    const exact = await errorOf(matrix, { dtype });
    const fast = await errorOf(matrix, { dtype, precision: 'fast' });
    expect(exact.length).toBe(3 * matrix.rows);
    expect(exact.error).toBeLessThan(2e-6);
    expect(exact.formats[0]).toMatch(/as stored, (float32|24-bit) activations/);
    expect(fast.error).toBeLessThan(2e-2);
  });
});

describe('AWQ and GPTQ as they are stored, against AutoAWQ and GPTQModel', () => {
  test.each(integerMatrices())('$name', async (matrix) => {
    const { config } = { config: Object(matrix.checkpoint.metadata.quantization_config) };
    const wide = config.bits === 8;
    const run = errorOf(matrix, { dtype: wide ? 'q8' : 'q4' });
    if (config.desc_act) {
      await expect(run).rejects.toMatchObject({ code: 'unsupported-option', details: { option: 'dtype' } });
      return;
    }
    const { error, formats } = await run;
    if (/as stored/.test(formats[0]!)) expect(error).toBeLessThan(2e-6);
    else expect([matrix.columns < 16, error < 0.2]).toEqual([true, true]);
  });
});

describe('offsets of 4-bit blocks', () => {
  const matrix = wideQ41Matrix(40, 18);
  test.each([
    ['product', { precision: 'exact' }, 2e-6, /as stored, float32/],
    ['columns', { precision: 'exact' }, 5e-5, /as stored, offsets in 16 bits, float32/],
    ['columns', { precision: 'fast' }, 1e-3, /as stored, offsets in 12 bits, float32/],
  ] as const)('as %s, %j', async (offsets, settings, tolerance, words) => {
    const { error, formats } = await errorOf(matrix, {
      dtype: 'q4',
      offsetColumns: offsets === 'columns',
      ...settings,
    });
    expect(formats[0]).toMatch(words);
    expect(error).toBeLessThan(tolerance);
  });

  test('rows that are too short for columns keep a product', async () => {
    const { formats } = await errorOf(ggufMatrix('Q4_1'), { dtype: 'q4', offsetColumns: true });
    expect(formats).toEqual(['int4 in blocks of 32, as stored, float32 activations']);
  });
});

describe('numbers that are rounded', () => {
  const matrix = floatMatrix(24, 96);
  const ragged = floatMatrix(8, 44);
  test.each([
    ['fp32', {}, 1e-6],
    ['fp16', {}, 1e-3],
    ['q8', {}, 1e-2],
    ['q8', { precision: 'fast' }, 2e-2],
    ['q4', {}, 0.15],
    ['q4', { rounding: 'asymmetric' }, 0.15],
    ['q4', { precision: 'fast' }, 0.15],
    ['int8', { precision: 'fast' }, 3e-2],
  ] as const)('%s %j', async (dtype, settings, tolerance) => {
    const { error } = await errorOf(matrix, { dtype, ...settings });
    expect(error).toBeLessThan(tolerance);
    if (tolerance > 1e-3) expect(error).toBeGreaterThan(1e-5);
    expect((await errorOf(ragged, { dtype, ...settings })).error).toBeLessThan(tolerance * 1.5);
  });

  test.each([
    ['fp32', 'exact'],
    ['q8', 'exact'],
    ['q8', 'fast'],
    ['q4', 'fast'],
    ['int8', 'fast'],
  ] as const)(
    '%s %s: no rows, as in a chunk whose logits nobody wants, give no results',
    async (dtype, precision) => {
      const none = { data: new Float32Array(0), shape: [0, 96] };
      const { data } = await runGraph(matrix.checkpoint, { dtype, precision }, none, (graph, x) =>
        linear(graph, x, {
          modules: ['m'],
          outputSizes: [24],
          inputSize: 96,
          bias: false,
          role: 'output',
        }),
      );
      expect(data.length).toBe(0);
    },
  );

  test.each([4000, 2048])('int8 in pieces gives the same %i outputs as in one', async (rows) => {
    const { checkpoint } = floatMatrix(rows, 32);
    const x = { data: floatMatrix(2, 32).values, shape: [2, 32] };
    const run = (inPieces: boolean) =>
      runGraph(checkpoint, { dtype: 'int8', precision: 'fast', inPieces }, x, (graph, input) =>
        linear(graph, input, { modules: ['m'], outputSizes: [rows], inputSize: 32, bias: false }),
      );
    const [whole, parted] = [await run(false), await run(true)];
    expect([...parted.data]).toEqual([...whole.data]);
  });

  test('the output layer keeps 8 bits where layers get 4', async () => {
    expect((await errorOf(matrix, { dtype: 'q4' }, 'output')).formats).toEqual([
      'int8 in blocks of 32, rounded, 24-bit activations',
    ]);
  });

  test('modules of different formats become products of their own, joined in order', async () => {
    const [q4, q8] = [ggufMatrix('Q4_0'), ggufMatrix('Q8_0')];
    const tensors = new Map([
      ['a.weight', { ...q8.checkpoint.tensors.get('m.weight')!, name: 'a.weight' }],
      ['b.weight', { ...q4.checkpoint.tensors.get('m.weight')!, name: 'b.weight' }],
    ]);
    const of = (name: string) => (name.startsWith('a') ? q8 : q4).checkpoint;
    const checkpoint = {
      tensors,
      metadata: {},
      read: (name: string) => of(name).read('m.weight'),
      readBytes: (name: string) => of(name).readBytes('m.weight'),
    } as unknown as StoredMatrix['checkpoint'];
    const x = floatMatrix(1, 32).values;
    const run = (modules: string[], from: typeof checkpoint, rows: number[]) =>
      runGraph(from, { dtype: 'q8' }, { data: x, shape: [1, 32] }, (graph, input) =>
        linear(graph, input, { modules, outputSizes: rows, inputSize: 32, bias: false }),
      );
    const joined = await run(['a', 'b'], checkpoint, [q8.rows, q4.rows]);
    const first = await run(['m'], q8.checkpoint, [q8.rows]);
    const second = await run(['m'], q4.checkpoint, [q4.rows]);
    expect(Object.keys(joined.formats)).toHaveLength(2);
    expect([...joined.data]).toEqual([...first.data, ...second.data]);
  });
});

describe('tables', () => {
  test.each([
    ['Q8_0', 'q4', 1e-7],
    ['Q4_1', 'q4', 1e-6],
    ['Q4_0', 'q8', 1e-7],
    ['Q8_0', 'fp32', 0],
    ['Q8_0', 'fp16', 1e-3],
    ['Q8_0', 'int8', 0],
  ] as const)('%s as %s gives the stored rows', async (type, dtype, tolerance) => {
    const { checkpoint, values, rows, columns } = ggufMatrix(type);
    const ids = Int32Array.of(rows - 1, 0, 1);
    const precision = dtype === 'int8' ? 'fast' : 'exact';
    const { data } = await runGraph(checkpoint, { dtype, precision }, { data: ids, shape: [3] }, (graph, x) =>
      embedding(graph, x, { module: 'm', rows, width: columns }),
    );
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    ids.forEach((id, i) => {
      for (let column = 0; column < columns; column++)
        expect(Math.abs(data[i * columns + column]! - values[id * columns + column]!)).toBeLessThanOrEqual(
          tolerance * largest,
        );
    });
  });
});
