import { existsSync } from 'node:fs';
import { cp, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { type ExportedDecoder, type ExportOptions, exportDecoder } from '@nexttoken/onnx-export';
import type { EngineFiles } from './engine';

/** A folder with a model and what its engine has to know. */
export type WrittenModel = Pick<EngineFiles, 'engine' | 'contextLength' | 'vocabSize'> & {
  readonly folder: string;
};

/**
 * Writes a checkpoint for an engine, unless it is there: `graph.onnx` and `weights.bin` for ours; for transformers.js, in a
 * standard layout, `onnx/model.onnx` and `onnx/model.onnx_data` beside tokenizer and configs.
 */
export async function writeModel(
  source: string,
  folder: string,
  engine: EngineFiles['engine'],
  options: ExportOptions,
): Promise<WrittenModel> {
  const checkpoint = await openCheckpointPath(source);
  try {
    const { contextLength, vocabSize } = checkpoint.architecture;
    const written = { engine, folder, contextLength, vocabSize };
    if (existsSync(folder)) return written;
    const part = `${folder}.part`;
    const isOurs = engine === 'ours';
    const place = isOurs ? part : join(part, 'onnx');
    await mkdir(place, { recursive: true });
    const exported = exportDecoder(checkpoint, {
      ...options,
      ...(isOurs ? {} : { location: 'model.onnx_data' }),
    });
    await writeWeights(exported, join(place, exported.weights.location));
    await writeFile(join(place, isOurs ? 'graph.onnx' : 'model.onnx'), exported.graph);
    if (!isOurs)
      for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'generation_config.json'])
        await cp(join(source, name), join(part, name));
    await rename(part, folder);
    return written;
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
