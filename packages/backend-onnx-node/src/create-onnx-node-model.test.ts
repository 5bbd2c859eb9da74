import { hasShared } from '@nexttoken/goldens';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOnnxNodeModel, onnxNodeLiveHandles } from './index';
import { type ExportedModel, exportShared } from './testing/open-shared-model';

const anything = {
  modelId: 'x',
  graph: Uint8Array.of(1, 2, 3),
  contextLength: 8,
  vocabSize: 4,
  dtype: 'fp32',
};

describe('createOnnxNodeModel', () => {
  test('what is no ONNX model is refused by name, in both threads', async () => {
    for (const thread of ['worker', 'caller'] as const)
      await expect(createOnnxNodeModel({ ...anything, thread })).rejects.toMatchObject({
        code: 'backend-failed',
        details: { modelId: 'x' },
      });
  });

  test('a file that is not there', async () => {
    await expect(createOnnxNodeModel({ ...anything, graph: 'nowhere/model.onnx' })).rejects.toMatchObject({
      code: 'file-not-found',
      details: { path: 'nowhere/model.onnx' },
    });
  });

  test('a device that is not there names those that are', async () => {
    await expect(createOnnxNodeModel({ ...anything, device: 'abacus' })).rejects.toMatchObject({
      code: 'device-unavailable',
      details: { device: 'abacus', available: expect.arrayContaining(['cpu']) },
    });
  });

  test('unknown and illegal options are refused by name', async () => {
    const misspelt = { ...anything, chunkLenght: 3 };
    await expect(createOnnxNodeModel(misspelt)).rejects.toMatchObject({
      code: 'unsupported-option',
      details: { option: 'chunkLenght', nearest: 'chunkLength' },
    });
    await expect(createOnnxNodeModel({ ...anything, chunkLength: 0 })).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
  });
});

describe.skipIf(!hasShared)('createOnnxNodeModel on a real graph', () => {
  let exported: ExportedModel;
  beforeAll(async () => {
    exported = await exportShared('data/models/stories260k');
  });
  afterAll(() => exported?.remove());

  test('a graph of another width than the config says', async () => {
    await expect(exported.open({ vocabSize: 600 })).rejects.toMatchObject({
      code: 'invalid-config',
      details: { field: 'vocab_size' },
    });
  });

  test('an abort while it opens: the reason, and nothing stays open', async () => {
    for (const thread of ['worker', 'caller'] as const) {
      const controller = new AbortController();
      const opening = exported.open({ thread, signal: controller.signal });
      controller.abort(new Error('changed my mind'));
      await expect(opening).rejects.toThrow('changed my mind');
    }
    expect(onnxNodeLiveHandles()).toEqual({ models: 0, sessions: 0, caches: 0, tensors: 0 });
  });
});
