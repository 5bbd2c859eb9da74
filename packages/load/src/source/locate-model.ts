import { stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { NextTokenError } from '@nexttoken/model';
import { importBackend } from '../backend/import-backend';
import { embeddedNames, isEmbeddedName } from './embedded-names';
import { type HubRequest, isHubId, locateOnHub } from './hub-model';

/** A place on this machine that a name stands for. */
export interface ModelLocation {
  readonly origin: 'embedded' | 'path' | 'hub-cache' | 'hub';
  /** A name for people. */
  readonly modelId: string;
  /** Absolute. */
  readonly path: string;
  readonly isFolder: boolean;
}

/**
 * What a name stands for, in this order: an embedded model, a path that exists, a hub id: from the Hugging Face
 * cache, else downloaded into it. A folder that is called like an embedded model is reached as `./tales`.
 * @throws NextTokenError `file-not-found` for what can only be a path; `model-not-found` that says what was looked at;
 *   what the hub's download throws
 */
export async function locateModel(name: string, request: HubRequest = {}): Promise<ModelLocation> {
  if (isEmbeddedName(name)) {
    const { tinyModelPath } = await importBackend(
      () => import('@nexttoken/tiny-models/node'),
      ['@nexttoken/tiny-models'],
    );
    return { origin: 'embedded', modelId: name, path: tinyModelPath(name), isFolder: true };
  }
  const path = resolve(name);
  const status = name === '' ? undefined : await stat(path).catch(() => undefined);
  if (status) {
    const isFolder = status.isDirectory();
    return { origin: 'path', modelId: isFolder ? basename(path) : fileModelId(path), path, isFolder };
  }
  if (/^(\.{0,2}[\\/]|~|[A-Za-z]:[\\/])|\\|\.(gguf|safetensors|onnx)$/i.test(name)) {
    const hint = name.startsWith('~') ? ' (only a shell replaces ~ by the home folder)' : '';
    throw new NextTokenError('file-not-found', `there is no file or folder ${path}${hint}`, { path });
  }
  const lookedAt = [`the embedded models (${embeddedNames.join(', ')})`, `the path ${path}`];
  if (isHubId(name)) return locateOnHub(name, request, lookedAt);
  const message = `there is no model ${JSON.stringify(name)}; looked at ${lookedAt.join(', ')}`;
  throw new NextTokenError('model-not-found', message, { name, lookedAt });
}

/** A file is called by its own name, unless that is the usual one: then by its folder's. */
function fileModelId(path: string): string {
  const own = basename(path, extname(path));
  if (!/^model([-_.].*)?$/.test(own)) return own;
  const folder = dirname(path);
  return basename(basename(folder) === 'onnx' ? dirname(folder) : folder);
}
