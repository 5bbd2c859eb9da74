import { invalidParameter } from '@nexttoken/model';
import type { ModelFiles } from '../load/load-types';
import type { BrowserLocation } from './browser-location';

interface NamedBlob {
  /** Below the model's folder. */
  readonly name: string;
  readonly content: Blob;
}

/**
 * Files that somebody handed over, as a place to load from: nothing is read before it is asked for. A lone file without a
 * name counts as GGUF, a lone `.json` as tokenizer.json.
 * @throws NextTokenError `invalid-parameter` for what are no files, several of one name, or several without one
 */
export function filesAtHand(owner: string, files: ModelFiles): BrowserLocation {
  const blobs = files instanceof Blob ? [files] : Array.from(files ?? []);
  const isFiles = blobs.length > 0 && blobs.every((file) => file instanceof Blob);
  if (!isFiles) throw invalidParameter(owner, 'files', blobs, 'at least one File or Blob');
  const named = blobs.length === 1 ? [alone(blobs[0]!)] : blobs.map((file) => inFolder(owner, file));
  const byName = new Map(named.map(({ name, content }) => [name, content]));
  const twice = named.find(({ name, content }) => byName.get(name) !== content);
  if (twice) throw invalidParameter(owner, 'files', twice.name, 'one file of each name');
  const names = [...byName.keys()];
  const weights = names.filter((name) => /\.(safetensors|gguf|onnx)$/i.test(name));
  const file = weights.length === 1 && !weights[0]!.includes('/') ? weights[0] : undefined;
  const folder = folderOf(blobs[0]!);
  const href = folder ?? weights[0] ?? names[0]!;
  return {
    origin: 'files',
    modelId: folder ?? href.replace(/\.\w+$/, ''),
    href,
    names,
    placeOf: (other) => (folder === undefined ? other : `${folder}/${other}`),
    open: async (other) => {
      const content = byName.get(other);
      return content && { path: folder === undefined ? other : `${folder}/${other}`, content };
    },
    ...(file !== undefined && { file }),
  };
}

const nameOf = (file: Blob): string => (file instanceof File ? file.name : '');

/** Where a folder was chosen: `folder/name`, `folder/onnx/name`; else empty. */
const pathOf = (file: Blob): string => (file as Partial<File>).webkitRelativePath ?? '';

function folderOf(file: Blob): string | undefined {
  const path = pathOf(file);
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined;
}

function alone(content: Blob): NamedBlob {
  const name = nameOf(content);
  if (/\.json$/i.test(name)) return { name: 'tokenizer.json', content };
  return { name: name === '' ? 'model.gguf' : name, content };
}

function inFolder(owner: string, content: Blob): NamedBlob {
  const path = pathOf(content);
  const name = path.includes('/') ? path.slice(path.indexOf('/') + 1) : nameOf(content);
  if (name === '')
    throw invalidParameter(owner, 'files', 'a Blob without a name', 'Files, where there are several');
  return { name, content };
}
