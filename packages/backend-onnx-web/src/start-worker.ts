import { NextTokenError } from '@nexttoken/model';
import type { Endpoint } from '@nexttoken/onnx-decoder';
import type { RuntimeBuild } from './runtime/runtime-build';

/** The worker's script, or something that it imports, cannot be loaded. */
export class WorkerNotLoaded extends Error {
  override readonly message = 'its script cannot be loaded';
}

export interface StartedWorker {
  readonly endpoint: Endpoint;
  readonly onFailure: (handler: (cause: unknown) => void) => void;
  /** Ends the worker at once, whatever it does. */
  readonly stop: () => void;
}

/**
 * Bundlers recognise these expressions as they stand, and find the scripts and the runtime's files in them. Each has a
 * name of its own, because webpack puts workers of one name into one script.
 */
const workers: Readonly<Record<RuntimeBuild, () => Worker>> = {
  wasm: () =>
    new Worker(new URL('./worker/wasm-worker.js', import.meta.url), {
      type: 'module',
      name: 'nexttoken-wasm',
    }),
  jspi: () =>
    new Worker(new URL('./worker/jspi-worker.js', import.meta.url), {
      type: 'module',
      name: 'nexttoken-jspi',
    }),
  asyncify: () =>
    new Worker(new URL('./worker/asyncify-worker.js', import.meta.url), {
      type: 'module',
      name: 'nexttoken-asyncify',
    }),
};

/**
 * Starts the module worker that holds a build of the runtime.
 * @throws NextTokenError `unsupported-option` where there are no workers
 */
export function startWorker(build: RuntimeBuild): StartedWorker {
  if (typeof Worker === 'undefined')
    throw new NextTokenError('unsupported-option', "thread: there are no workers here; use 'caller'", {
      option: 'thread',
    });
  const worker = workers[build]();
  return {
    endpoint: {
      post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      listen: (handler) => worker.addEventListener('message', (event) => handler(event.data)),
    },
    onFailure: (handler) => {
      worker.addEventListener('error', (event) => {
        handler(event.message ? new Error(event.message) : new WorkerNotLoaded());
      });
      worker.addEventListener('messageerror', () => handler(new Error('a message cannot be read')));
    },
    stop: () => worker.terminate(),
  };
}
