import { hasShared } from '@nexttoken/goldens';
import type { LanguageModel } from '@nexttoken/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onnxNodeLiveHandles } from './index';
import { type ExportedModel, exportShared } from './testing/open-shared-model';
import { useSoftwareVulkan } from './testing/software-vulkan';

const missing = useSoftwareVulkan();
if (missing) console.info(`skipped: growth on webgpu in Node: ${missing}`);

const megabytes = () => process.memoryUsage().rss / 1e6;

/** What may come and go by itself: garbage that was not collected yet, and the runtimes' own pools. */
const noise = 80;

describe.skipIf(!hasShared)('1,000 steps, 50 forks and 50 aborted generations leave nothing', () => {
  let exported: ExportedModel;
  beforeAll(async () => {
    exported = await exportShared('goldens/models/tiny-random-llama', {}, 1);
  });
  afterAll(() => exported?.remove());

  /** One round of everything; lengths stay below the context of 128. */
  async function round(model: LanguageModel, steps: number, branches: number): Promise<void> {
    const session = await model.createSession();
    await session.forward([[1, 2, 3]]);
    for (let step = 0; step < steps; step++) {
      if (session.lengths[0]! >= 100) await session.truncate([3]);
      await session.forward([[step % 300]]);
    }
    await session.truncate([3]);
    for (let branch = 0; branch < branches; branch++) {
      const fork = await session.fork();
      await fork.forward([[branch]]);
      await fork.dispose();
      const controller = new AbortController();
      const text = Array.from({ length: 90 }, (_, i) => i);
      const aborted = session.forward([text], {
        signal: controller.signal,
        onProgress: () => controller.abort(),
      });
      await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
      expect(session.lengths).toEqual([3]);
    }
    await session.dispose();
  }

  test.each(['cpu', 'webgpu'])('%s', async (device) => {
    if (device === 'webgpu' && missing) return;
    const model = await exported.open({ device, thread: 'caller', chunkLength: 32 });
    await round(model, 100, 5);
    const before = megabytes();
    await round(model, 1000, 50);
    const growth = megabytes() - before;
    const { cacheBytes, deviceTensors } = model.describe();
    console.info(
      `${device}: ${before.toFixed(0)} MB resident before, ${growth.toFixed(1)} MB more behind; ` +
        `caches ${cacheBytes} bytes, tensors on the device ${deviceTensors ?? 'none'}`,
    );
    expect(cacheBytes).toBe(0);
    expect(deviceTensors ?? 0).toBe(0);
    expect(growth).toBeLessThan(noise);
    await model.dispose();
    expect(onnxNodeLiveHandles()).toEqual({ models: 0, sessions: 0, caches: 0, tensors: 0 });
  });
});
