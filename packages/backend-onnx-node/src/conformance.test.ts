import { testBackend } from '@nexttoken/backend-testkit';
import { type GoldenArray, goldenFloats, hasShared, readGolden } from '@nexttoken/goldens';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { onnxNodeLiveHandles } from './index';
import { kitProcess } from './testing/kit-process';
import { type ExportedModel, exportShared, openStories260kOnnx } from './testing/open-shared-model';

const liveHandles = () => ({ ...onnxNodeLiveHandles() });
const runner = { describe, test, beforeAll, afterAll };

describe.skipIf(!hasShared)('onnxruntime-node conforms', () => {
  let exported: ExportedModel;
  let standard: ExportedModel;
  beforeAll(async () => {
    exported = await exportShared('data/models/stories260k', {
      taps: ['blocks.*.attn.hook_pattern'],
      tail: { top: 8, statistics: true },
    });
    standard = await exportShared('data/models/stories260k', { layout: 'standard' });
  });
  afterAll(async () => {
    await exported?.remove();
    await standard?.remove();
  });

  const { ids, logits } = hasShared
    ? readGolden<{ ids: number[]; logits: GoldenArray }>('forward/short.json')
    : { ids: [], logits: [] };
  const reference = [{ ids, logits: goldenFloats(logits) }];

  testBackend({
    name: 'a generated graph, in a worker',
    runner,
    reference,
    liveHandles,
    // The embeddings are the output layer too.
    outputLayer: async () => ({ weight: await exported.checkpoint.read('model.embed_tokens.weight') }),
    childProcess: kitProcess(() => exported, { chunkLength: 512 }),
    createModel: () => exported.open(),
  });
  testBackend({
    name: 'a generated graph, in the caller’s thread, in chunks of 7',
    runner,
    reference,
    liveHandles,
    createModel: () => exported.open({ thread: 'caller', chunkLength: 7 }),
  });
  testBackend({
    name: 'a generated graph in the standard layout',
    runner,
    reference,
    liveHandles,
    createModel: () => standard.open(),
  });
  testBackend({
    name: 'a standard graph of other tools',
    runner,
    reference,
    liveHandles,
    createModel: () => openStories260kOnnx('model'),
  });
});
