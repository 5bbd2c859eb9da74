import type { Checkpoint } from '../checkpoint/checkpoint';
import { huggingFaceConfig } from '../hugging-face-config/hugging-face-config';
import type { ModuleTree } from './module-node';
import { type ModuleTreeOptions, moduleTree } from './module-tree';

/**
 * The modules of an opened checkpoint with the shapes, dtypes and bytes that it stores; see {@link moduleTree}. No weight
 * is read. A GGUF file says nothing about dropout and padding: they are its family's defaults.
 */
export function checkpointModuleTree(
  checkpoint: Pick<Checkpoint, 'format' | 'name' | 'architecture' | 'metadata' | 'tensors'>,
  options: ModuleTreeOptions = {},
): ModuleTree {
  const { format, name, architecture, metadata, tensors } = checkpoint;
  const config = format === 'gguf' ? huggingFaceConfig(architecture) : metadata;
  return moduleTree({ config, configName: name, tensors }, options);
}
