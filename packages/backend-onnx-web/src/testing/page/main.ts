import {
  createCollectingRunner,
  type ReferenceAnswer,
  type TestReport,
  testBackend,
} from '@nexttoken/backend-testkit';
import type { LanguageModel, Session } from '@nexttoken/model';
import { createOnnxWebModel, type OnnxWebModelOptions, onnxWebLiveHandles } from '../../index';

async function bytes(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}

/** Sizes of the models that the tests serve. */
const models = {
  stories260k: { contextLength: 512, vocabSize: 512 },
  tales: { contextLength: 512, vocabSize: 3072 },
  'one-layer': { contextLength: 128, vocabSize: 320 },
};
type Options = Partial<OnnxWebModelOptions> & {
  readonly model?: keyof typeof models;
  /** Hands the weights over in pieces of so many bytes, the last one first. */
  readonly pieces?: number;
};

async function inPieces(path: string, size: number): Promise<OnnxWebModelOptions['externalData'][number]> {
  const content = await bytes(path);
  return {
    path: 'weights.bin',
    byteLength: content.byteLength,
    async write(sink) {
      const count = Math.ceil(content.byteLength / size);
      for (let piece = count - 1; piece >= 0; piece--)
        await sink(content.subarray(piece * size, (piece + 1) * size), piece * size);
    },
  };
}

async function openTestModel({ model = 'stories260k', pieces, ...more }: Options): Promise<LanguageModel> {
  const path = `/${model}/weights.bin`;
  return createOnnxWebModel({
    modelId: model,
    graph: await bytes(`/${model}/graph.onnx`),
    externalData: [
      pieces === undefined ? { path: 'weights.bin', load: () => bytes(path) } : await inPieces(path, pieces),
    ],
    ...models[model],
    dtype: 'fp32',
    ...more,
  });
}

async function runKit(
  more: Options,
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
    tolerance: { absolute: more.device === 'webgpu' ? 1e-3 : 2e-4 },
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

/** Models and sessions that are driven from outside the page. */
const kept = new Map<
  number,
  { readonly model: LanguageModel; readonly sessions: Session[]; readonly events: string[] }
>();

async function openKept(more: Options) {
  const events: string[] = [];
  const model = await openTestModel({ ...more, onEvent: ({ type }) => events.push(type) });
  const handle = kept.size;
  kept.set(handle, { model, sessions: [], events });
  const { vocabSize, capabilities } = model;
  return { handle, vocabSize, capabilities, description: model.describe() };
}

interface KeptCall {
  readonly handle: number;
  readonly session: number;
  readonly method: string;
  readonly input: unknown;
}

interface KeptAnswer {
  readonly session: number;
  readonly lengths: readonly number[];
  readonly logits?: readonly (readonly number[] | null)[];
}

async function callKept({ handle, session: index, method, input }: KeptCall): Promise<KeptAnswer> {
  const { model, sessions } = kept.get(handle)!;
  const adopt = (session: Session) => ({ session: sessions.push(session) - 1, lengths: session.lengths });
  if (method === 'createSession') return adopt(await model.createSession({ rows: input as number }));
  const session = sessions[index]!;
  if (method === 'fork') return adopt(await session.fork());
  if (method === 'dispose') await session.dispose();
  else if (method === 'select') await session.select(input as number[]);
  else if (method === 'truncate') await session.truncate(input as number[]);
  else if (method === 'forward') {
    const { logits } = await session.forward(input as number[][]);
    return { session: index, lengths: session.lengths, logits: logits.map((row) => row && [...row.data]) };
  }
  return { session: index, lengths: session.lengths };
}

const page = { createOnnxWebModel, onnxWebLiveHandles, openTestModel, runKit, openKept, callKept, kept };
export type BackendPage = typeof page;
declare global {
  /** What the tests call in the page. */
  var backendPage: BackendPage;
}
globalThis.backendPage = page;
