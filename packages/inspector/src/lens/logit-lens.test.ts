import { createTestModel, createTinyTransformer } from '@nexttoken/generate/testing';
import type { HiddenStates } from '@nexttoken/model';
import { topK } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LensHead } from './lens-data';
import { lensHead } from './lens-head';
import { logitLens } from './logit-lens';
import { readLensHead } from './read-lens-head';

/** Three tokens in a space of two: x, y and their mean. */
const plane = lensHead({
  output: Float32Array.of(1, 0, 0, 1, 0.5, 0.5),
  vocabSize: 3,
  width: 2,
  norm: 'rms',
  normWeight: Float32Array.of(1, 2),
  normEpsilon: 0,
});

const states = (layers: number[][][]): HiddenStates => ({
  data: Float32Array.from(layers.flat(2)),
  layers: layers.length,
  positions: layers[0]!.length,
  width: 2,
});

/** Two positions: the first is sure from the start, the second turns in the last block. */
const turning = states([
  [
    [3, 0],
    [4, 0],
  ],
  [
    [5, 0.1],
    [4, 1.9],
  ],
  [
    [2, 0],
    [0, 3],
  ],
]);

describe('lensHead', () => {
  test('rms: x / sqrt(mean x²) · w, then the matrix; without the norm the matrix alone', () => {
    const logits = plane.project(Float32Array.of(3, 4), true);
    const scale = Math.sqrt(12.5);
    for (const [id, value] of [3, 8, 5.5].entries()) expect(logits[id]).toBeCloseTo(value / scale, 5);
    expect([...plane.project(Float32Array.of(3, 4, 1, 0), false)]).toEqual([3, 4, 3.5, 1, 0, 0.5]);
  });

  test('layer norm with bias and offset, soft cap', () => {
    const head = lensHead({
      output: Float32Array.of(1, 0, 0, 1),
      vocabSize: 2,
      width: 2,
      norm: 'layer',
      normWeight: Float32Array.of(1, 0),
      normBias: Float32Array.of(0, 5),
      normEpsilon: 0,
      normOffset: 1,
      softcap: 4,
    });
    const [x, y] = head.project(Float32Array.of(7, 3), true);
    expect(x).toBeCloseTo(4 * Math.tanh(2 / 4), 5);
    expect(y).toBeCloseTo(4 * Math.tanh(4 / 4), 5);
  });

  test('any number of rows is each row by itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.float({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 2 }), {
          minLength: 1,
          maxLength: 9,
        }),
        (rows) => {
          const together = plane.project(Float32Array.from(rows.flat()), true);
          const apart = rows.flatMap((row) => [...plane.project(Float32Array.from(row), true)]);
          expect([...together]).toEqual(apart);
        },
      ),
    );
  });

  test.each([
    [{ vocabSize: 0 }, 'vocabSize'],
    [{ output: new Float32Array(5) }, 'output'],
    [{ normWeight: new Float32Array(3) }, 'normWeight'],
    [{ normBias: new Float32Array(2) }, 'normBias'],
    [{ norm: 'batch' as 'rms' }, 'norm'],
    [{ normEpsilon: Number.NaN }, 'normEpsilon'],
  ])('%j is refused', (change, parameter) => {
    const parts = {
      output: new Float32Array(6),
      vocabSize: 3,
      width: 2,
      norm: 'rms' as const,
      normWeight: new Float32Array(2),
      normEpsilon: 0,
    };
    expect(() => lensHead({ ...parts, ...change })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', details: expect.objectContaining({ parameter }) }),
    );
  });
});

describe('logitLens', () => {
  test('layers by positions: where the final token is first best, settles, enters the nucleus', async () => {
    const grid = await logitLens(turning, [7, 8], plane, undefined, {
      positions: 'all',
      top: 2,
      mass: 0.7,
      watch: [2],
    });
    expect(grid.layers.map(({ name }) => name)).toEqual(['embeddings', 'block 1', 'output']);
    expect(grid.columns).toMatchObject([
      { position: 0, id: 7, token: '#7', first: 0, settled: 0, enters: 0 },
      // At block 1 y comes last, but all three are close: 69 % come before it.
      { position: 1, id: 8, first: 2, settled: 2, enters: 1 },
    ]);
    const [, block, output] = grid.layers.map(({ cells }) => cells[1]!);
    expect(block!.final).toMatchObject({ id: 1, rank: 3 });
    expect(output!.top.map(({ id }) => id)).toEqual([1, 2]);
    expect(output!.divergence).toBe(0);
    expect(block!.divergence).toBeGreaterThan(0);
    expect(block!.watched).toMatchObject([{ id: 2 }]);
    expect(output!.magnitude).toBeCloseTo(3 / Math.SQRT2, 6);
  });

  test('the default is the last position; chosen layers come with the output', async () => {
    const grid = await logitLens(turning, [7, 8], plane, undefined, { layers: [1] });
    expect(grid.columns.map(({ position }) => position)).toEqual([1]);
    expect(grid.layers.map(({ layer, name }) => [layer, name])).toEqual([
      [1, 'block 1'],
      [2, 'output'],
    ]);
  });

  test('through processors: what they leave of each layer', async () => {
    const grid = await logitLens(turning, [7, 8], plane, undefined, { processors: topK(1) });
    const cells = grid.layers.map(({ cells: [cell] }) => cell!.sampled);
    expect(cells).toEqual([
      { kept: 1, share: 0 },
      { kept: 1, share: 0 },
      { kept: 1, share: 1 },
    ]);
    expect(grid.columns[0]!.survives).toBe(2);
  });

  test('norm none leaves the states as they are', async () => {
    const grid = await logitLens(turning, [7, 8], plane, undefined, { norm: 'none', top: 3 });
    expect(grid.layers[1]!.cells[0]!.top.map(({ id, logit }) => [id, Math.fround(logit)])).toEqual([
      [0, 4],
      [2, Math.fround(2.95)],
      [1, Math.fround(1.9)],
    ]);
  });

  test('a model: every layer of every position, and the session is disposed', async () => {
    const model = createTinyTransformer();
    const head: LensHead = {
      ...plane,
      width: 8,
      vocabSize: 24,
      project: (h) => new Float32Array(3 * h.length),
    };
    const grid = await logitLens(model, [1, 2, 3], head, undefined, { positions: 'all' });
    expect([grid.layers.length, grid.columns.length, model.log.live]).toEqual([3, 3, 0]);
  });

  test('refusals', async () => {
    const call = (...args: Parameters<typeof logitLens>) => logitLens(...args).catch((error) => error);
    const blind = createTestModel({ vocabSize: 3, logitsAfter: () => [0, 0, 0] });
    expect(await call(blind, [1], plane)).toMatchObject({ code: 'unsupported-capability' });
    expect(await call(turning, [], plane)).toMatchObject({ code: 'empty-prompt' });
    expect(await call(turning, [1], plane)).toMatchObject({ details: { parameter: 'ids' } });
    for (const options of [
      { positions: [2] },
      { layers: [3] },
      { top: 0 },
      { mass: 0 },
      { norm: 'x' as 'none' },
    ]) {
      expect(await call(turning, [1, 2], plane, undefined, options)).toMatchObject({
        code: 'invalid-parameter',
      });
    }
    expect(await call(turning, [1, 2], plane, undefined, { watch: [3] })).toMatchObject({
      code: 'invalid-token-id',
    });
    expect(await call(turning, [1, 2], plane, undefined, { topp: 3 } as object)).toMatchObject({
      code: 'unsupported-option',
    });
    const signal = AbortSignal.abort(new Error('enough'));
    expect(await call(turning, [1, 2], plane, undefined, { signal })).toMatchObject({ message: 'enough' });
  });
});

test('readLensHead names what a checkpoint lacks', async () => {
  const architecture = {
    vocabSize: 3,
    hiddenSize: 2,
    norm: 'rms' as const,
    normEpsilon: 0,
    normOffset: 0,
    logitSoftcap: null,
    tiedEmbeddings: false,
  };
  const tensors = new Map([['model.norm.weight', Float32Array.of(1, 1)]]);
  const checkpoint = { name: 'x', architecture, tensors, read: async (name: string) => tensors.get(name)! };
  await expect(readLensHead(checkpoint)).rejects.toMatchObject({
    code: 'missing-tensor',
    details: { tensor: 'lm_head.weight' },
  });
});
