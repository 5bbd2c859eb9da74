import { cp, mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Checkpoint } from '@nexttoken/checkpoint';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { type ExportedDecoder, type ExportOptions, exportDecoder } from '@nexttoken/onnx-export';
import type { OnnxNodeModelOptions } from '../src/index';

/** The shared weights: SmolLM2-135M-Instruct, Q4_1 in GGUF. */
export const smollm2Folder = fileURLToPath(
  new URL('../../../../shared/data/models/smollm2-135m-instruct/', import.meta.url),
);
export const smollm2File = join(smollm2Folder, 'SmolLM2-135M-Instruct.Q4_1.gguf');

/** The layouts in which transformers.js gets the same weights. */
export const peerLayouts = ['standard', 'standard-fused'] as const;

/** Writes the model as our own graph, by default in float32. */
export async function writeOwnSmollm2(
  folder: string,
  options: ExportOptions = {},
): Promise<OnnxNodeModelOptions> {
  return withSmollm2(async (checkpoint) => {
    const own = exportDecoder(checkpoint, options);
    await mkdir(folder, { recursive: true });
    await writeWeights(own, join(folder, own.weights.location));
    const { contextLength, vocabSize } = checkpoint.architecture;
    const { dtype, precision } = own.description;
    return {
      modelId: 'smollm2',
      graph: own.graph,
      weightsFolder: folder,
      contextLength,
      vocabSize,
      dtype: `${dtype} ${precision}`,
    };
  });
}

/**
 * Writes the model in a standard layout, the way transformers.js looks for it: `onnx/model.onnx` with
 * `onnx/model.onnx_data` beside the tokenizer and configs.
 */
export async function writePeerSmollm2(folder: string, options: ExportOptions): Promise<void> {
  await withSmollm2(async (checkpoint) => {
    const onnx = join(folder, 'onnx');
    await mkdir(onnx, { recursive: true });
    const exported = exportDecoder(checkpoint, { ...options, location: 'model.onnx_data' });
    await writeWeights(exported, join(onnx, 'model.onnx_data'));
    await writeFile(join(onnx, 'model.onnx'), exported.graph);
    for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'generation_config.json'])
      await cp(join(smollm2Folder, name), join(folder, name));
  });
}

async function withSmollm2<Result>(work: (checkpoint: Checkpoint) => Promise<Result>): Promise<Result> {
  const checkpoint = await openCheckpointPath(smollm2Folder);
  try {
    return await work(checkpoint);
  } finally {
    await checkpoint.close();
  }
}

async function writeWeights({ weights }: ExportedDecoder, path: string): Promise<void> {
  const file = await open(path, 'w');
  await weights.write(async (chunk, offset) => {
    await file.write(chunk, 0, chunk.byteLength, offset);
  });
  await file.close();
}
