import { serveModel } from '@nexttoken/onnx-decoder';
import { type OpenOptions, openModel } from '../open-model';

// The runtime starts its own threads from the script that holds it, which is this one: those serve no model.
if (!self.name.startsWith('em-pthread'))
  serveModel<OpenOptions>(
    {
      post: (message, transfer = []) => self.postMessage(message, { transfer: [...transfer] }),
      listen: (handler) => self.addEventListener('message', (event) => handler(event.data)),
    },
    openModel,
  );
