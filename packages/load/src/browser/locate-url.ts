import { NextTokenError } from '@nexttoken/model';
import type { TinyModelFileName } from '@nexttoken/tiny-models';
import { importBackend } from '../backend/import-backend';
import { embeddedNames, isEmbeddedName } from '../source/embedded-names';

/** Where a model's files are fetched from. */
export interface UrlLocation {
  readonly origin: 'embedded' | 'url';
  readonly modelId: string;
  /** The base URL or the file's, for people. */
  readonly href: string;
  /** A file that was named itself, e.g. `model.gguf`. */
  readonly file?: string;
  /** `undefined` for a file that the model cannot have. */
  urlOf(file: string): URL | undefined;
}

/**
 * What a name stands for in a browser: an embedded model, an absolute URL, or a path that starts with `/`, `./` or `../`
 * (of a folder, or of a `.safetensors`, `.gguf` or `.onnx` file).
 * @throws NextTokenError `model-not-found` for anything else: hub ids are not downloaded
 */
export async function locateUrl(name: string): Promise<UrlLocation> {
  if (isEmbeddedName(name)) {
    const { tinyModels, tinyModelUrl } = await importBackend(
      () => import('@nexttoken/tiny-models'),
      ['@nexttoken/tiny-models'],
    );
    const { files } = tinyModels[name];
    const urlOf = (file: string): URL | undefined =>
      Object.hasOwn(files, file) ? tinyModelUrl(name, file as TinyModelFileName) : undefined;
    return { origin: 'embedded', modelId: name, href: name, urlOf };
  }
  if (!/^(https?:\/\/|\.{0,2}\/)/.test(name)) {
    const lookedAt = [`the embedded models (${embeddedNames.join(', ')})`];
    const message = `${JSON.stringify(name)} is neither an embedded model (${embeddedNames.join(', ')}) nor a URL; nothing is downloaded from a hub`;
    throw new NextTokenError('model-not-found', message, { name, lookedAt });
  }
  const url = new URL(name, globalThis.location?.href);
  const last = url.pathname.split('/').at(-1) ?? '';
  const file = /\.(safetensors|gguf|onnx)$/i.test(last) ? last : undefined;
  const base = file === undefined && !url.pathname.endsWith('/') ? new URL(`${url.href}/`) : url;
  const folder = new URL('.', base).pathname
    .split('/')
    .filter((part) => part !== '')
    .at(-1);
  return {
    origin: 'url',
    modelId: file?.replace(/\.\w+$/, '') ?? folder ?? url.host,
    href: url.href,
    ...(file !== undefined && { file }),
    urlOf: (other) => new URL(other, base),
  };
}
