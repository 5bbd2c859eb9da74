import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ServedPlayground } from './serve-playground';

/** Bytes of code that a visit asked for, as a server sends them: gzip, without the runtime's wasm and without models. */
export async function pageWeight({ folder, requested }: ServedPlayground): Promise<number> {
  let bytes = 0;
  for (const path of requested) {
    const file = path === '/' ? 'index.html' : path;
    if (!['.html', '.js', '.css', '.svg'].includes(extname(file))) continue;
    bytes += gzipSync(await readFile(join(folder, file))).length;
  }
  return bytes;
}
