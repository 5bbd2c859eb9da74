import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createOnnxNodeModel } from '@nexttoken/backend-onnx-node';
import { generate } from '@nexttoken/generate';
import { median } from '@nexttoken/workspace/bench';
import { InferenceSession } from 'onnxruntime-node';
import type { WrittenModel } from './engine-files';

export interface OverheadRequest {
  readonly model: WrittenModel;
  readonly prompt: readonly number[];
  readonly newTokens: number;
}

/**
 * What a step takes beside the runtime, as a share of the runtime's: feeds, cache rows, choosing, events. The model lives in this
 * thread, where its runs can be timed. Per step; the median of all.
 */
export async function measureOverhead({
  model: { folder, contextLength, vocabSize },
  prompt,
  newTokens,
}: OverheadRequest): Promise<number> {
  let running = 0;
  const runtime = InferenceSession as { create: (...given: unknown[]) => Promise<InferenceSession> };
  const { create } = runtime;
  runtime.create = async (...given) => {
    const session = await create.apply(InferenceSession, given);
    const run = session.run.bind(session) as (...input: unknown[]) => Promise<never>;
    session.run = async (...input: unknown[]) => {
      const begin = performance.now();
      try {
        return await run(...input);
      } finally {
        running += performance.now() - begin;
      }
    };
    return session;
  };
  const model = await createOnnxNodeModel({
    modelId: folder,
    graph: await readFile(join(folder, 'graph.onnx')),
    weightsFolder: folder,
    contextLength,
    vocabSize,
    dtype: 'fp32',
    device: 'cpu',
    thread: 'caller',
  }).finally(() => {
    runtime.create = create;
  });
  const shares: number[] = [];
  let begin = 0;
  for await (const event of generate({ model, prompt, maxNewTokens: 4 * newTokens })) {
    if (event.type !== 'step') continue;
    const now = performance.now();
    if (begin > 0) shares.push((now - begin - running) / running);
    begin = now;
    running = 0;
  }
  await model.dispose();
  return median(shares);
}
