import { cp, mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Checkpoint } from '@nexttoken/checkpoint';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { type ExportedDecoder, exportDecoder } from '@nexttoken/onnx-export';

/** The shared weights: SmolLM2-135M-Instruct, Q4_1 in GGUF, dequantized to float32 here. */
export const smollm2Folder = fileURLToPath(
  new URL('../../../../shared/data/models/smollm2-135m-instruct/', import.meta.url),
);

/** The layouts in which transformers.js gets the same weights. */
export const peerLayouts = ['standard', 'standard-fused'] as const;

/**
 * Writes the model in float32: as our own graph, and in each standard layout the way transformers.js looks for it
 * (`LAYOUT/onnx/model.onnx` with `onnx/model.onnx_data` beside the tokenizer and configs).
 */
export async function writeSmollm2(folder: string) {
  const checkpoint = await openCheckpointPath(smollm2Folder);
  const { contextLength, vocabSize } = checkpoint.architecture;
  const own = await writeOwn(checkpoint, folder);
  for (const layout of peerLayouts) {
    const onnx = join(folder, layout, 'onnx');
    await mkdir(onnx, { recursive: true });
    const exported = exportDecoder(checkpoint, { layout, location: 'model.onnx_data' });
    await writeWeights(exported, join(onnx, 'model.onnx_data'));
    await writeFile(join(onnx, 'model.onnx'), exported.graph);
    for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'generation_config.json'])
      await cp(join(smollm2Folder, name), join(folder, layout, name));
  }
  await checkpoint.close();
  return { graph: own.graph, contextLength, vocabSize };
}

/** Writes the model in float32 as our own graph alone. */
export async function writeOwnSmollm2(folder: string) {
  const checkpoint = await openCheckpointPath(smollm2Folder);
  const { contextLength, vocabSize } = checkpoint.architecture;
  const { graph } = await writeOwn(checkpoint, folder);
  await checkpoint.close();
  return { graph, contextLength, vocabSize };
}

async function writeOwn(checkpoint: Checkpoint, folder: string): Promise<ExportedDecoder> {
  const own = exportDecoder(checkpoint, { location: 'weights.bin' });
  await writeWeights(own, join(folder, 'weights.bin'));
  return own;
}

async function writeWeights({ weights }: ExportedDecoder, path: string): Promise<void> {
  const file = await open(path, 'w');
  await weights.write(async (chunk, offset) => {
    await file.write(chunk, 0, chunk.byteLength, offset);
  });
  await file.close();
}
