import { cp, mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { exportDecoder } from '@nexttoken/onnx-export';

/** The shared weights: SmolLM2-135M-Instruct, Q4_1 in GGUF, dequantized to float32 here. */
export const smollm2Folder = fileURLToPath(
  new URL('../../../../shared/data/models/smollm2-135m-instruct/', import.meta.url),
);

/**
 * Writes the model in float32 twice: as our own graph, and in the standard layout the way transformers.js
 * looks for it (`onnx/model.onnx` with `onnx/model.onnx_data`).
 */
export async function writeSmollm2(folder: string) {
  const checkpoint = await openCheckpointPath(smollm2Folder);
  const { contextLength, vocabSize } = checkpoint.architecture;
  const own = exportDecoder(checkpoint, { location: 'weights.bin' });
  const standard = exportDecoder(checkpoint, { layout: 'standard', location: 'model.onnx_data' });
  const onnx = join(folder, 'onnx');
  await mkdir(onnx, { recursive: true });
  for (const [exported, path] of [
    [own, join(folder, 'weights.bin')],
    [standard, join(onnx, 'model.onnx_data')],
  ] as const) {
    const file = await open(path, 'w');
    await exported.weights.write(async (chunk, offset) => {
      await file.write(chunk, 0, chunk.byteLength, offset);
    });
    await file.close();
  }
  await writeFile(join(onnx, 'model.onnx'), standard.graph);
  for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'generation_config.json'])
    await cp(join(smollm2Folder, name), join(folder, name));
  await checkpoint.close();
  return { graph: own.graph, contextLength, vocabSize };
}
