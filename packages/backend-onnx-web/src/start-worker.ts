import { NextTokenError } from '@nexttoken/model';
import type { Endpoint } from '@nexttoken/onnx-decoder';

export interface StartedWorker {
  readonly endpoint: Endpoint;
  readonly onFailure: (handler: (cause: unknown) => void) => void;
  /** Ends the worker at once, whatever it does. */
  readonly stop: () => void;
}

/**
 * Starts the module worker; bundlers recognise the expression, find the script and the runtime's files in it.
 * @throws NextTokenError `unsupported-option` where there are no workers
 */
export function startWorker(): StartedWorker {
  if (typeof Worker === 'undefined')
    throw new NextTokenError('unsupported-option', "thread: there are no workers here; use 'caller'", {
      option: 'thread',
    });
  const worker = new Worker(new URL('./worker/onnx-worker.js', import.meta.url), {
    type: 'module',
    name: 'nexttoken',
  });
  return {
    endpoint: {
      post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      listen: (handler) => worker.addEventListener('message', (event) => handler(event.data)),
    },
    onFailure: (handler) => {
      worker.addEventListener('error', (event) => {
        handler(new Error(event.message || 'its script cannot be loaded'));
      });
      worker.addEventListener('messageerror', () => handler(new Error('a message cannot be read')));
    },
    stop: () => worker.terminate(),
  };
}
