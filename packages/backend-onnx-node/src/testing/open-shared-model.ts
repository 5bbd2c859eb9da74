import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Checkpoint } from '@nexttoken/checkpoint';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { sharedPath } from '@nexttoken/goldens';
import type { LanguageModel } from '@nexttoken/model';
import { type ExportOptions, exportDecoder } from '@nexttoken/onnx-export';
import { createOnnxNodeModel, type OnnxNodeModelOptions } from '../index';

export interface ExportedModel {
  readonly checkpoint: Checkpoint;
  readonly options: OnnxNodeModelOptions;
  open(more?: Partial<OnnxNodeModelOptions>): Promise<LanguageModel>;
  /** Removes what was written. */
  remove(): Promise<void>;
}

/** A checkpoint without its upper layers: a model for tests of a slow device. */
function withLayers(checkpoint: Checkpoint, layerCount: number): Checkpoint {
  const architecture = { ...checkpoint.architecture, layerCount };
  return Object.create(checkpoint, { architecture: { value: architecture } }) as Checkpoint;
}

/**
 * Exports a checkpoint (folder or GGUF file, by its path or its name among the shared ones) into a temporary folder, ready to be opened.
 * @param layers how many of its layers; default all
 */
export async function exportShared(
  path: string,
  exportOptions: ExportOptions = {},
  layers?: number,
): Promise<ExportedModel> {
  const folder = await mkdtemp(join(tmpdir(), 'nexttoken-backend-'));
  const checkpoint = await openCheckpointPath(isAbsolute(path) ? path : sharedPath(path));
  const source = layers === undefined ? checkpoint : withLayers(checkpoint, layers);
  const exported = exportDecoder(source, exportOptions);
  const file = await open(join(folder, exported.weights.location), 'w');
  await exported.weights.write(async (chunk, offset) => {
    await file.write(chunk, 0, chunk.byteLength, offset);
  });
  await file.close();
  const { contextLength, vocabSize } = checkpoint.architecture;
  const options: OnnxNodeModelOptions = {
    modelId: checkpoint.name,
    graph: exported.graph,
    weightsFolder: folder,
    contextLength,
    vocabSize,
    dtype: 'fp32',
  };
  return {
    checkpoint,
    options,
    open: (more = {}) => createOnnxNodeModel({ ...options, ...more }),
    remove: async () => {
      await checkpoint.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The same weights as others exported them: `model`, `model_quantized` or `model_q4`. */
export function openStories260kOnnx(name: string): Promise<LanguageModel> {
  return createOnnxNodeModel({
    modelId: name,
    graph: sharedPath(`data/models/stories260k-onnx/onnx/${name}.onnx`),
    contextLength: 512,
    vocabSize: 512,
    dtype: name,
  });
}
