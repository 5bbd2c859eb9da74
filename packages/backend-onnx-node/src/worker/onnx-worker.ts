import { parentPort, workerData } from 'node:worker_threads';
import { serveModel } from '@nexttoken/onnx-decoder';
import type { OpenOptions } from '../onnx-node-model-options';
import { openModel } from '../open-model';
import { ExitGate } from './exit-gate';

const port = parentPort!;
const gate = new ExitGate((workerData as { gate: SharedArrayBuffer }).gate);

serveModel<OpenOptions>(
  {
    post: (message, transfer = []) => port.postMessage(message, transfer),
    listen: (handler) => port.on('message', handler),
  },
  (options) => openModel(options, (work) => gate.pass(work)),
);
