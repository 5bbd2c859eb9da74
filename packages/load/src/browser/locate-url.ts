import type { BrowserLocation } from './browser-location';
import { fetchOptional } from './fetch-bytes';

/** Whether a name is an absolute URL, or a path that starts with `/`, `./` or `../`. */
export function isUrl(name: string): boolean {
  return /^(https?:\/\/|\.{0,2}\/)/.test(name);
}

/** The files behind a URL: of a folder, or of a `.safetensors`, `.gguf` or `.onnx` file. */
export function locateUrl(name: string): BrowserLocation {
  const url = new URL(name, globalThis.location?.href);
  const last = url.pathname.split('/').at(-1) ?? '';
  const file = /\.(safetensors|gguf|onnx)$/i.test(last) ? last : undefined;
  const base = file === undefined && !url.pathname.endsWith('/') ? new URL(`${url.href}/`) : url;
  const folder = new URL('.', base).pathname
    .split('/')
    .filter((part) => part !== '')
    .at(-1);
  return {
    ...filesBehind('url', (other) => new URL(other, base)),
    modelId: file?.replace(/\.\w+$/, '') ?? folder ?? url.host,
    href: url.href,
    ...(file !== undefined && { file }),
  };
}

/** Files that are fetched when they are opened; a URL of `undefined` stands for one that the model cannot have. */
export function filesBehind(
  origin: 'embedded' | 'url',
  urlOf: (file: string) => URL | undefined,
): Pick<BrowserLocation, 'origin' | 'placeOf' | 'open'> {
  return {
    origin,
    placeOf: (file) => urlOf(file)?.href ?? file,
    async open(file, options) {
      const url = urlOf(file);
      const content = url && (await fetchOptional(url, options));
      return content && { path: url.href, content };
    },
  };
}
