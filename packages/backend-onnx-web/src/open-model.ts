import { NextTokenError } from '@nexttoken/model';
import {
  DecoderModel,
  DeviceMemory,
  defaultChunk,
  feedsOf,
  Lane,
  type OpenSession,
} from '@nexttoken/onnx-decoder';
import { isWorking } from './devices/web-gpu';
import type { LoadedData } from './external-data';
import { configureWasm, type WasmPaths } from './runtime/configure-wasm';
import type { WebRuntime } from './runtime/load-runtime';
import { type OpenedSession, openWebSession } from './runtime/open-web-session';
import type { RuntimeBuild } from './runtime/runtime-build';
import { createTaskBorder } from './runtime/task-border';

export interface OpenOptions {
  readonly modelId: string;
  readonly graph: Uint8Array;
  readonly externalData: readonly LoadedData[];
  readonly contextLength: number;
  readonly vocabSize: number;
  readonly dtype: string;
  readonly device: 'wasm' | 'webgpu';
  readonly reason: string;
  readonly build: RuntimeBuild;
  /** Why it is opened in the page although nobody asked for that. */
  readonly threadReason?: string | undefined;
  readonly wasmPaths?: WasmPaths | undefined;
  readonly threads?: number | undefined;
  readonly chunkLength?: number | undefined;
  readonly keyValueHeadCount?: number | undefined;
  readonly headSize?: number | undefined;
}

/** Runs of all models of a thread: the runtime does not compute two at a time. */
const lane = new Lane();

/**
 * Opens the model in the present thread.
 * @param onLost told when the device goes away, with an error that says so
 */
export async function openModel(
  runtime: WebRuntime,
  options: OpenOptions,
  onLost: (error: NextTokenError) => void = () => {},
): Promise<DecoderModel> {
  const { modelId, device, reason, build, threadReason } = options;
  const threads = configureWasm(runtime.env, options);
  const opened = await lane
    .add(() => openWebSession(runtime, options))
    .catch((cause: unknown) => {
      if (NextTokenError.isInstance(cause)) throw cause;
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new NextTokenError(
        'backend-failed',
        `onnxruntime cannot open ${modelId}: ${message}`,
        { modelId },
        { cause },
      );
    });
  const { session } = opened;
  const { env } = runtime;
  const runtimeVersion = env.versions.web ?? env.versions.common;
  const splitAbove = opened.gpu?.splitAbove;
  const place = opened.gpu?.isSoftware ? 'webgpu in software' : device;
  try {
    const open = opened.gpu ? await onDevice(runtime, opened, options, onLost) : onHost(runtime, session);
    const model = new DecoderModel(open, {
      ...options,
      chunkLength: options.chunkLength ?? defaultChunk(place, session, options.contextLength),
      backend: 'onnxruntime-web',
      hints: options,
      details: () => ({
        provider: device,
        deviceReason: reason,
        build,
        runtimeVersion,
        threads,
        ...(splitAbove === undefined ? {} : { tensorsSplitAbove: splitAbove }),
        ...(threadReason === undefined ? {} : { thread: 'caller', threadReason }),
      }),
    });
    return model;
  } catch (error) {
    await session.release();
    throw error;
  }
}

function onHost(runtime: WebRuntime, session: OpenedSession['session']): OpenSession {
  const taskBorder = createTaskBorder();
  return {
    runtime,
    session,
    run: (feeds, outputs) =>
      taskBorder().then(() => (outputs ? session.run(feedsOf(feeds), outputs) : session.run(feedsOf(feeds)))),
  };
}

async function onDevice(
  runtime: WebRuntime,
  { session, gpu }: OpenedSession,
  options: OpenOptions,
  onLost: (error: NextTokenError) => void,
): Promise<OpenSession> {
  const { device, options: sessionOptions } = gpu!;
  let released = false;
  const lost = device.lost.then(({ reason, message }) => {
    const error = new NextTokenError(
      'device-lost',
      `the WebGPU device was lost: ${reason} ${message}`.trim(),
      {
        device: 'webgpu',
        reason: message || reason,
      },
    );
    if (!released) onLost(error);
    return error;
  });
  /** A run on a lost device may never answer, or fail before the device is known to be lost. */
  const orLost = <T>(work: Promise<T>): Promise<T> =>
    Promise.race([
      work.catch(async (error: unknown) => {
        throw (await isWorking(device)) ? error : await lost;
      }),
      lost.then((error) => Promise.reject(error)),
    ]);
  const memory = await DeviceMemory.open(
    {
      runtime,
      lane,
      openGraph: (graph) =>
        lane.add(() =>
          orLost(
            runtime.InferenceSession.create(graph, {
              ...sessionOptions,
              preferredOutputLocation: 'gpu-buffer',
            }),
          ),
        ),
      run: (helper, feeds) => orLost(helper.run(feeds)),
    },
    session,
    options,
  );
  return {
    runtime,
    session: {
      ...session,
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      inputMetadata: session.inputMetadata,
      outputMetadata: session.outputMetadata,
      release: async () => {
        released = true;
        await session.release();
        device.destroy();
      },
    } as OpenSession['session'],
    device: memory,
    run: (feeds, outputs) =>
      lane.add(() => orLost(session.run(feedsOf(feeds), outputs ?? session.outputNames))),
  };
}
