import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { sharedPath } from '@nexttoken/goldens';
import { exportDecoder } from '@nexttoken/onnx-export';
import { createOnnxNodeModel } from '../index';

// Started by process-exit.test.ts: `exit-in-the-middle.ts WEIGHTS_FOLDER exit|throw|wait|idle`.
const [weightsFolder, how] = process.argv.slice(2) as [string, string];
const checkpoint = await openCheckpointPath(sharedPath('data/models/stories260k'));
const model = await createOnnxNodeModel({
  modelId: 'stories260k',
  graph: exportDecoder(checkpoint).graph,
  weightsFolder,
  contextLength: 512,
  vocabSize: 512,
  dtype: 'fp32',
  chunkLength: 512,
});
await checkpoint.close();
const prompt = Array.from({ length: 510 }, (_, index) => 3 + (index % 400));

async function keepBusy(): Promise<never> {
  const session = await model.createSession({ rows: 8 });
  for (;;) {
    await session.forward(Array.from({ length: 8 }, () => prompt));
    await session.truncate(Array.from({ length: 8 }, () => 0));
  }
}

if (how !== 'idle') {
  keepBusy().catch(() => {});
  setTimeout(() => {
    console.log('running');
    if (how === 'exit') process.exit(7);
    if (how === 'throw') throw new Error('thrown on purpose');
  }, 300);
}
