import { NextTokenError } from '@nexttoken/model';
import { baseName } from '../source/base-name';

const path = 'model.safetensors.index.json';

/**
 * The `weight_map` of a `model.safetensors.index.json`: which file holds which tensor.
 * @throws NextTokenError `invalid-file` for anything but a map from names to file names of the same folder
 */
export function readSafetensorsIndex(index: unknown): ReadonlyMap<string, string> {
  const map: unknown = Object(index).weight_map;
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    throw new NextTokenError('invalid-file', `${path} has no weight_map`, { path, field: 'weight_map' });
  }
  const entries = Object.entries(map);
  for (const [tensor, file] of entries) {
    if (typeof file !== 'string' || !isFileName(file)) {
      const shown = JSON.stringify(file)?.slice(0, 200);
      const message = `${path}: ${tensor} lies in ${shown}, which is no file name in the same folder`;
      throw new NextTokenError('invalid-file', message, { path, tensor, file: shown });
    }
  }
  return new Map(entries as [string, string][]);
}

/** The distinct shards of an index, in the order of their first tensor. */
export function shardNames(index: ReadonlyMap<string, string>): string[] {
  return [...new Set(index.values())];
}

function isFileName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && baseName(name) === name && !/[:\0]/.test(name);
}
