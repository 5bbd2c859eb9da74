import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { InferenceSession } from 'onnxruntime-node';
import { type ExportOptions, exportDecoder, type WeightDtype, weightsInMemory } from '../src/index';

// One measurement of `export.ts`, in a process of its own: `measure-export.ts KIND DTYPE FOLDER CHECKPOINT`. Prints JSON.
const [kind, dtype, folder, path] = process.argv.slice(2) as [string, WeightDtype, string, string];

interface Measured {
  readonly milliseconds: number;
  /** Resident memory before, at its peak and at the end, and how large the weights are, in MB. */
  readonly before: number;
  readonly peak: number;
  readonly after: number;
  readonly weights: number;
}

const options: ExportOptions = { dtype };
const resident = () => process.memoryUsage().rss / 1e6;

async function streamed(): Promise<{ graph: Uint8Array; byteLength: number }> {
  const checkpoint = await openCheckpointPath(path);
  const { graph, weights } = exportDecoder(checkpoint, options);
  const file = await open(join(folder, weights.location), 'w');
  await weights.write(async (chunk, offset) => {
    await file.write(chunk, 0, chunk.byteLength, offset);
  });
  await file.close();
  await checkpoint.close();
  return { graph, byteLength: weights.byteLength };
}

async function opened(graph: Uint8Array, weightsFolder: string): Promise<InferenceSession> {
  return InferenceSession.create(graph, {
    logSeverityLevel: 3,
    extra: { session: { model_external_initializers_file_folder_path: weightsFolder } },
  });
}

const kinds: Readonly<Record<string, () => Promise<number>>> = {
  /** From the checkpoint to a file, no session. */
  file: async () => (await streamed()).byteLength,
  /** From the checkpoint to one buffer, no session. */
  memory: async () => {
    const checkpoint = await openCheckpointPath(path);
    const exported = exportDecoder(checkpoint, options);
    const { byteLength } = await weightsInMemory(exported);
    await checkpoint.close();
    return byteLength;
  },
  /** From the checkpoint to a session that is ready. */
  session: async () => {
    const { graph, byteLength } = await streamed();
    await opened(graph, folder);
    return byteLength;
  },
  /** Writes what `ready` opens. */
  prepare: async () => {
    const { graph, byteLength } = await streamed();
    await writeFile(join(folder, 'model.onnx'), graph);
    return byteLength;
  },
  /** A session from a ready-made file. */
  ready: async () => {
    await opened(await readFile(join(folder, 'model.onnx')), folder);
    return 0;
  },
};

const before = resident();
const begin = performance.now();
const bytes = await kinds[kind]!();
const measured: Measured = {
  milliseconds: performance.now() - begin,
  before,
  peak: process.resourceUsage().maxRSS / 1e3,
  after: resident(),
  weights: bytes / 1e6,
};
console.log(JSON.stringify(measured));
