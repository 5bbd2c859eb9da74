import { Worker } from 'node:worker_threads';
import type { Endpoint } from '@nexttoken/onnx-decoder';
import { ExitGate } from './exit-gate';

export interface StartedWorker {
  readonly endpoint: Endpoint;
  /** A worker with calls pending keeps the process alive, an idle one does not. */
  readonly keepAlive: (busy: boolean) => void;
  readonly onFailure: (handler: (cause: unknown) => void) => void;
  /** Ends the worker; only while nothing runs in it. */
  readonly stop: () => Promise<void>;
}

/** In the repository the sources run through tsx; a published package has the built worker beside it. */
const fromSource = import.meta.url.endsWith('.ts');

export function startWorker(): StartedWorker {
  const gate = new ExitGate();
  const url = new URL(fromSource ? './source-worker.mjs' : './worker/onnx-worker.js', import.meta.url);
  const worker = new Worker(url, {
    workerData: { gate: gate.shared },
    // The parent's own flags (--input-type, --eval …) mean nothing to a worker file, and some make it fail.
    execArgv: fromSource ? ['--conditions=@nexttoken/source'] : [],
  });
  worker.unref();
  const release = gate.guardProcessExit();
  worker.once('exit', release);
  return {
    endpoint: {
      post: (message, transfer = []) => worker.postMessage(message, transfer),
      listen: (handler) => worker.on('message', handler),
    },
    keepAlive: (busy) => (busy ? worker.ref() : worker.unref()),
    onFailure: (handler) => {
      worker.once('error', handler);
      worker.once('exit', (code) => handler(new Error(`exit code ${code}`)));
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}
