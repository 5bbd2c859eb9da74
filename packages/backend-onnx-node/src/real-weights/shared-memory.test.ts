import { hasShared } from '@nexttoken/goldens';
import type { LanguageModel } from '@nexttoken/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExportedModel, exportShared } from '../testing/open-shared-model';

const prompt = Array.from({ length: 448 }, (_, index) => 3 + ((index * 37) % 400));

describe.skipIf(!hasShared)('memory of the cache', () => {
  let exported: ExportedModel;
  let model: LanguageModel;
  beforeAll(async () => {
    exported = await exportShared('data/models/stories260k');
    model = await exported.open();
  });
  afterAll(async () => {
    await model?.dispose();
    await exported?.remove();
  });
  const cacheBytes = () => model.describe().cacheBytes as number;
  const position = () => {
    const { layerCount, keyValueHeadCount, headSize } = exported.checkpoint.architecture;
    return 2 * layerCount * keyValueHeadCount * headSize * 4;
  };

  test('four beams hold one prompt and their tails, not four prompts', async () => {
    const session = await model.createSession();
    await session.forward([prompt], { logits: 'none' });
    expect(cacheBytes()).toBeGreaterThanOrEqual(448 * position());
    await session.select([0, 0, 0, 0]);
    for (const parents of [
      [0, 1, 2, 3],
      [2, 2, 0, 1],
      [3, 0, 0, 0],
    ]) {
      await session.select(parents);
      await session.forward([[5], [6], [7], [8]]);
    }
    expect(cacheBytes()).toBeLessThanOrEqual((512 + 4 * 64) * position());
    await session.select([2]);
    expect(cacheBytes()).toBeLessThanOrEqual((512 + 16) * position());
    await session.dispose();
    expect(cacheBytes()).toBe(0);
  });

  test('a fork shares the past, and both add what they read', async () => {
    const session = await model.createSession();
    await session.forward([prompt], { logits: 'none' });
    const fork = await session.fork();
    await session.forward([[5]]);
    await fork.forward([[6]]);
    expect(cacheBytes()).toBeLessThanOrEqual((512 + 2 * 64) * position());
    await session.dispose();
    await fork.dispose();
    expect(cacheBytes()).toBe(0);
  });
});
