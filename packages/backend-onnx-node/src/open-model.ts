import { NextTokenError } from '@nexttoken/model';
import { DecoderModel, DeviceMemory, defaultChunk, feedsOf, Lane } from '@nexttoken/onnx-decoder';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { boundRun } from './bound-run';
import { nodeAddonVersion } from './devices/onnx-node-devices';
import type { OpenOptions } from './onnx-node-model-options';
import { deviceOptions, keepsTensors, openSession } from './open-session';
import { endProfile, profileFolder, warmUp } from './warm-up';
import { webgpuLock } from './worker/process-lock';

/** Wraps every call into the runtime, e.g. to hold a process exit back. */
export type RuntimeGuard = <T>(work: () => Promise<T>) => Promise<T>;

/** Opens the model in the present thread. */
export async function openModel(
  options: OpenOptions,
  guard: RuntimeGuard = (work) => work(),
): Promise<DecoderModel> {
  if (options.device === 'cpu') {
    const session = await opened(options, () => guard(() => openSession(options)));
    return newModel(options, session, { guard, lane: new Lane() });
  }
  const profile = await profileFolder();
  const lane = options.device === 'webgpu' ? new Lane((work) => webgpuLock().hold(work)) : new Lane();
  const runtime = { guard, lane };
  try {
    const session = await opened(options, () =>
      lane.add(() => guard(() => openSession(options, profile.prefix))),
    );
    const details: Record<string, unknown> = {};
    const model = await newModel(options, session, runtime, details);
    try {
      await warmUp(model);
      Object.assign(details, await endProfile(session, profile.prefix));
    } catch (error) {
      await model.dispose();
      throw refused(options, error);
    }
    return model;
  } finally {
    await profile.remove();
  }
}

async function newModel(
  options: OpenOptions,
  session: InferenceSession,
  { guard, lane }: { readonly guard: RuntimeGuard; readonly lane: Lane },
  more: Readonly<Record<string, unknown>> = {},
): Promise<DecoderModel> {
  const { device, reason, keyValueHeadCount, headSize, contextLength } = options;
  const ownChunk = device === 'cpu' ? defaultChunk('cpu', session, contextLength) : undefined;
  const hints = { keyValueHeadCount, headSize };
  try {
    const memory = keepsTensors(device)
      ? await DeviceMemory.open(
          {
            runtime: { Tensor },
            lane,
            openGraph: (graph) =>
              lane.add(() => guard(() => InferenceSession.create(graph, helperOptions(options)))),
            run: (helper, feeds) => guard(() => helper.run(feeds)),
          },
          session,
          hints,
        )
      : undefined;
    const runBound = boundRun(session);
    return new DecoderModel(
      {
        runtime: { Tensor },
        session,
        device: memory,
        run: (feeds, outputs) =>
          memory
            ? lane.add(() => guard(() => runBound(feedsOf(feeds), outputs ?? session.outputNames)))
            : guard(() => (outputs ? session.run(feedsOf(feeds), outputs) : session.run(feedsOf(feeds)))),
      },
      {
        ...options,
        chunkLength: options.chunkLength ?? ownChunk,
        backend: 'onnxruntime-node',
        hints,
        details: () => ({
          provider: device,
          deviceReason: reason,
          runtimeVersion: nodeAddonVersion(),
          ...more,
        }),
      },
    );
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** The graphs that make, move and cut what is on the device. */
function helperOptions(options: OpenOptions): InferenceSession.SessionOptions {
  return { ...deviceOptions(options), preferredOutputLocation: 'gpu-buffer' };
}

/** @throws NextTokenError `device-unavailable` where a device was found wanting, `backend-failed` for the rest */
async function opened(
  options: OpenOptions,
  open: () => Promise<InferenceSession>,
): Promise<InferenceSession> {
  return open().catch((cause: unknown) => {
    throw refused(options, cause);
  });
}

/** What providers say when there is nothing to run on: no adapter, no driver, no library. */
const missingDevice =
  /adapter|no available backend|cannot open shared object|LoadLibrary|not enabled|not supported/i;

function refused({ device, graph, modelId }: OpenOptions, cause: unknown): unknown {
  if (NextTokenError.isInstance(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (device !== 'cpu' && missingDevice.test(message))
    return new NextTokenError(
      'device-unavailable',
      `device ${device}: the runtime has the provider, but it does not start here: ${message}`,
      { device, available: ['cpu'], reason: message },
      { cause },
    );
  const path = typeof graph === 'string' ? graph : undefined;
  return new NextTokenError(
    'backend-failed',
    `onnxruntime cannot open ${path ?? modelId}: ${message}`,
    { path, modelId },
    { cause },
  );
}
