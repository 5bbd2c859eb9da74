import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';

/** The folder beside the repository with data that tests compare with; `undefined` when it is absent. */
export const sharedFolder: string | undefined = (() => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'shared', 'goldens'))) return join(folder, 'shared');
    if (folder === dirname(folder)) return undefined;
  }
})();

if (sharedFolder === undefined) console.info('skipped: no shared folder with goldens beside the repository');

export function readShared(path: string): string {
  return readFileSync(join(sharedFolder!, path), 'utf8');
}

export function readSharedJson<T = unknown>(path: string): T {
  return JSON.parse(readShared(path)) as T;
}

export type GoldenArray =
  | number[]
  | number[][]
  | { readonly dtype: 'i32'; readonly shape: number[]; readonly b64: string };

/** A golden's integers, flat. */
export function integers(array: GoldenArray): number[] {
  if (Array.isArray(array)) return array.flat();
  const bytes = Uint8Array.from(Buffer.from(array.b64, 'base64'));
  return [...new Int32Array(bytes.buffer)];
}

/** A `describe` that is skipped, body and all, where the shared folder is absent. */
export function describeShared(title: string, body: () => void): void {
  if (sharedFolder !== undefined) describe(title, body);
  else describe.skip(title, () => test('needs the shared folder', () => {}));
}
