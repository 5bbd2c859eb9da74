import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { type GoldenArray, goldenFloats, hasShared, readGolden, sharedPath } from '@nexttoken/goldens';
import { graphWeights, splitRows } from '@nexttoken/onnx-decoder';
import { type ExportOptions, exportDecoder, weightsInMemory } from '@nexttoken/onnx-export';
import * as runtime from 'onnxruntime-web/wasm';
import { describe, expect, test } from 'vitest';
import { openModel } from './open-model';

describe.skipIf(!hasShared)('tensors in several parts', () => {
  const exported = async (options: ExportOptions) => {
    const checkpoint = await openCheckpointPath(sharedPath('data/models/stories260k'));
    const { graph, weights } = exportDecoder(checkpoint, options);
    const data = await weightsInMemory({ weights });
    await checkpoint.close();
    return { graph, data };
  };
  const open = (graph: Uint8Array, data: Uint8Array) =>
    openModel(runtime, {
      modelId: 'stories260k',
      graph,
      externalData: [{ path: 'weights.bin', data }],
      contextLength: 512,
      vocabSize: 512,
      keyValueHeadCount: 4,
      headSize: 8,
      dtype: 'fp32',
      device: 'wasm',
      reason: 'a test',
      build: 'wasm',
      threads: 1,
    });

  test.each<[ExportOptions, limit: number, tolerance: number]>([
    // 512 rows of 64: the embedding, which is the output layer too.
    [{}, 100_000, 2e-4],
    // Parts of uneven length, one row the last.
    [{}, 511 * 64 * 4, 2e-4],
    // Every matrix of the model.
    [{}, 3000, 2e-4],
    [{ layout: 'standard' }, 40_000, 2e-4],
    [{ dtype: 'fp16' }, 20_000, 5e-2],
  ])('%j within %i bytes: the reference logits', async (options, limit, tolerance) => {
    const { graph, data } = await exported(options);
    const split = splitRows(graph, limit);
    expect(graphWeights(split).byteLength).toBe(graphWeights(graph).byteLength);
    expect(graphWeights(graph).largest.byteLength).toBeGreaterThan(limit);
    expect(graphWeights(split).largest.byteLength).toBeLessThanOrEqual(limit);
    const golden = readGolden<{ ids: number[]; logits: GoldenArray }>('forward/short.json');
    const model = await open(split, data);
    const session = await model.createSession();
    const { logits } = await session.forward([golden.ids], { logits: 'all' });
    const found = logits[0]!.data;
    const worst = goldenFloats(golden.logits).reduce(
      (most, value, i) => Math.max(most, Math.abs(value - found[i]!)),
      0,
    );
    expect(worst).toBeLessThan(tolerance);
    await model.dispose();
  });

  test('what fits, and what cannot be cut, stays as it is', async () => {
    const { graph } = await exported({});
    expect(splitRows(graph, graphWeights(graph).largest.byteLength)).toBe(graph);
    const blocks = (await exported({ dtype: 'q4' })).graph;
    expect(graphWeights(splitRows(blocks, 100)).largest).toEqual(graphWeights(blocks).largest);
  });
});
