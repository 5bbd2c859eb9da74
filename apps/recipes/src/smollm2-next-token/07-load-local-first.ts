import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '@nexttoken/load';
import { exportModel } from '@nexttoken/load/files';

// "Loading SmolLM2 Efficiently": saved once, then read from the folder. A hub id is kept in the cache by itself.
const folder = await mkdtemp(join(tmpdir(), 'nexttoken-recipe-'));
await exportModel('tales', join(folder, 'tales'), { format: 'safetensors' });
const { source, model, dispose } = await load(join(folder, 'tales'));
console.log(`Loading model from local directory: ${source.origin}, ${source.format}, ${source.dtype}`);
console.log('Logits a position:', model.vocabSize);
await dispose();
await rm(folder, { recursive: true });
