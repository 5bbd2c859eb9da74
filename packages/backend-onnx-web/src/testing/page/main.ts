import {
  createCollectingRunner,
  type ReferenceAnswer,
  type TestReport,
  testBackend,
} from '@nexttoken/backend-testkit';
import type { LanguageModel } from '@nexttoken/model';
import { createOnnxWebModel, type OnnxWebModelOptions, onnxWebLiveHandles } from '../../index';

async function bytes(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}

async function openTestModel(more: Partial<OnnxWebModelOptions>): Promise<LanguageModel> {
  return createOnnxWebModel({
    modelId: 'stories260k',
    graph: await bytes('/model/graph.onnx'),
    externalData: [{ path: 'weights.bin', data: await bytes('/model/weights.bin') }],
    contextLength: 512,
    vocabSize: 512,
    dtype: 'fp32',
    ...more,
  });
}

async function runKit(
  more: Partial<OnnxWebModelOptions>,
  reference: readonly ReferenceAnswer[],
  suites: readonly string[] | undefined,
): Promise<TestReport[]> {
  const reports: TestReport[] = [];
  const runner = createCollectingRunner();
  testBackend({
    name: 'onnxruntime-web',
    runner,
    reference,
    createModel: () => openTestModel(more),
    liveHandles: () => ({ ...onnxWebLiveHandles() }),
    report: (report) => reports.push(report),
    ...(suites && { suites }),
  });
  const results = await runner.run();
  const hooks = results.filter(({ path, error }) => error !== undefined && path.length < 3);
  for (const { path, error } of hooks)
    reports.push({
      suite: path.join(' > '),
      test: 'hook',
      status: 'failed',
      reason: String(error),
      milliseconds: 0,
    });
  return reports;
}

const page = { createOnnxWebModel, openTestModel, runKit };
declare global {
  /** What the tests call in the page. */
  var backendPage: typeof page;
}
globalThis.backendPage = page;
