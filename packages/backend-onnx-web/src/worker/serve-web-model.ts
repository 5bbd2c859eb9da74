import { serveModel } from '@nexttoken/onnx-decoder';
import { type FilePiece, PieceCollector } from '../external-data';
import { type OpenOptions, openModel } from '../open-model';
import type { WebRuntime } from '../runtime/load-runtime';

/** Answers the page's calls for one model. */
export function serveWebModel(runtime: WebRuntime): void {
  // The runtime starts its own threads from the script that holds it, which is this one: those serve no model.
  if (self.name.startsWith('em-pthread')) return;
  const collector = new PieceCollector();
  serveModel<OpenOptions>(
    {
      post: (message, transfer = []) => self.postMessage(message, { transfer: [...transfer] }),
      listen: (handler) =>
        self.addEventListener('message', ({ data }: MessageEvent<FilePiece | object>) => {
          if ('file' in data) collector.add(data);
          else handler(data);
        }),
    },
    (options, onLost) =>
      openModel(
        runtime,
        { ...options, externalData: [...options.externalData, ...collector.take()] },
        onLost,
      ),
  );
}
