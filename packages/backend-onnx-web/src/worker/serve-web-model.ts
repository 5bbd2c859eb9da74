import { serveModel } from '@nexttoken/onnx-decoder';
import { type OpenOptions, openModel } from '../open-model';
import type { WebRuntime } from '../runtime/load-runtime';

/** Answers the page's calls for one model. */
export function serveWebModel(runtime: WebRuntime): void {
  // The runtime starts its own threads from the script that holds it, which is this one: those serve no model.
  if (self.name.startsWith('em-pthread')) return;
  serveModel<OpenOptions>(
    {
      post: (message, transfer = []) => self.postMessage(message, { transfer: [...transfer] }),
      listen: (handler) => self.addEventListener('message', (event) => handler(event.data)),
    },
    (options, onLost) => openModel(runtime, options, onLost),
  );
}
