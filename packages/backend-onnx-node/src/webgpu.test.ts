import { hasShared } from '@nexttoken/goldens';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onnxNodeLiveHandles } from './index';
import { type ExportedModel, exportShared } from './testing/open-shared-model';
import { useSoftwareVulkan } from './testing/software-vulkan';

const missing = useSoftwareVulkan();
if (missing) console.info(`skipped: webgpu in Node: ${missing}`);

describe.skipIf(!hasShared || missing !== undefined)('webgpu in Node', () => {
  let exported: ExportedModel;
  beforeAll(async () => {
    exported = await exportShared('goldens/models/tiny-random-llama', {}, 1);
  });
  afterAll(() => exported?.remove());

  test('computes what cpu computes, says what ran where, and leaves nothing on the device', {
    timeout: 120_000,
  }, async () => {
    const model = await exported.open({ device: 'webgpu', thread: 'caller' });
    const cpu = await exported.open({ thread: 'caller' });
    const description = model.describe();
    expect(description).toMatchObject({ device: 'webgpu', provider: 'webgpu', deviceTensors: 0 });
    expect(description.providers).toMatchObject({ WebGpuExecutionProvider: expect.any(Number) });
    // Shapes and the few rotary angles are the CPU's; nothing that grows with the cache is.
    expect(Object.keys(description.fallbacks as object)).not.toContain('FusedMatMul');
    expect(Object.keys(description.fallbacks as object)).not.toContain('MatMul');

    const sessions = await Promise.all([model, cpu].map((each) => each.createSession()));
    const agree = async (rows: number[][]) => {
      const [found, expected] = await Promise.all(sessions.map((session) => session.forward(rows)));
      found!.logits.forEach((row, index) => {
        const wanted = expected!.logits[index]?.data;
        const error = row?.data.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted![i]!)), 0);
        expect(error ?? 0).toBeLessThan(1e-3);
      });
    };
    await agree([Array.from({ length: 12 }, (_, i) => 3 + ((i * 37) % 300))]);
    expect(onnxNodeLiveHandles().tensors).toBeGreaterThan(0);
    // The cache stays on the device through a duplicated row and a cut.
    for (const session of sessions) {
      await session.select([0, 0]);
      await session.truncate([12, 11]);
    }
    await agree([[], [5]]);
    await agree([[6], [7]]);
    await model.dispose();
    await cpu.dispose();
    expect(onnxNodeLiveHandles()).toEqual({ models: 0, sessions: 0, caches: 0, tensors: 0 });
  });
});

test('devices that this platform lacks are refused with the reason', async () => {
  const { createOnnxNodeModel } = await import('./index');
  const elsewhere = process.platform === 'darwin' ? 'dml' : 'coreml';
  const options = { modelId: 'x', graph: Uint8Array.of(1), contextLength: 8, vocabSize: 4, dtype: 'fp32' };
  await expect(createOnnxNodeModel({ ...options, device: elsewhere })).rejects.toMatchObject({
    code: 'device-unavailable',
    details: { device: elsewhere, reason: expect.stringMatching(/ only$/) },
  });
});
