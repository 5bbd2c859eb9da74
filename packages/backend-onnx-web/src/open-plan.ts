import type { LanguageModel } from '@nexttoken/model';
import { RemoteCaller, RemoteModel } from '@nexttoken/onnx-decoder';
import { type ExternalData, loadWholeFiles, PieceCollector, sendPieces } from './external-data';
import type { OpenOptions } from './open-model';
import { loadRuntime } from './runtime/load-runtime';
import { startWorker } from './start-worker';

/** What opens a model, with the files still to be loaded. */
export type OpenPlan = Omit<OpenOptions, 'externalData'> & { readonly externalData: readonly ExternalData[] };

/** Opens the model in the present thread. */
export async function openHere(plan: OpenPlan, signal: AbortSignal | undefined): Promise<LanguageModel> {
  const { openModel } = await import('./open-model');
  const runtime = await loadRuntime(plan.build);
  const collector = new PieceCollector();
  await sendPieces(plan.externalData, (message) => collector.add(message));
  const whole = await loadWholeFiles(plan.externalData);
  signal?.throwIfAborted();
  const model = await openModel(runtime, { ...plan, externalData: [...whole, ...collector.take()] });
  if (!signal?.aborted) return model;
  await model.dispose();
  throw signal.reason;
}

/** A worker and the channel to it. What lives as long as the worker holds nothing else, above all no weights. */
function startCaller(build: OpenPlan['build']) {
  const worker = startWorker(build);
  const caller = new RemoteCaller(worker.endpoint);
  const state = { hasFailed: false };
  worker.onFailure((cause) => {
    state.hasFailed = true;
    caller.fail(cause);
  });
  return { caller, state, post: worker.endpoint.post, stop: async () => worker.stop() };
}

/** Opens the model in a worker of its own. */
export async function openInWorker(plan: OpenPlan, signal: AbortSignal | undefined): Promise<LanguageModel> {
  const { caller, state, post, stop } = startCaller(plan.build);
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
  });
  const opening = async () => {
    await sendPieces(plan.externalData, async (message, transfer) => {
      signal?.throwIfAborted();
      // Says what the worker failed with, instead of making the rest of the weights for nobody.
      if (state.hasFailed) await caller.call('dispose', null);
      post(message, transfer);
    });
    const files = await loadWholeFiles(plan.externalData);
    const transfer = files.flatMap(({ isOwned, data }) => (isOwned && isWhole(data) ? [data.buffer] : []));
    const externalData = files.map(({ path, data }) => ({ path, data: withOwnBuffer(data) }));
    return caller.call('open', { ...plan, graph: withOwnBuffer(plan.graph), externalData }, { transfer });
  };
  try {
    const opened = await Promise.race([opening(), aborted]);
    return new RemoteModel(caller, opened, stop);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    if (abort) signal?.removeEventListener('abort', abort);
  }
}

const isWhole = (bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> =>
  bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer;

/** A message carries the whole buffer behind a view; a view of a part becomes an array of its own first. */
function withOwnBuffer(bytes: Uint8Array): Uint8Array {
  return isWhole(bytes) ? bytes : bytes.slice();
}
