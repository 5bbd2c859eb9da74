import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { sizeBudgets } from '../size-budgets';
import type { Project } from './project';

/** Bytes of some code as a page gets it at first: bundled, minified, gzipped; without the runtime and what is loaded later. */
async function bytesOf(code: string, folder: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: folder, sourcefile: 'size.js' },
    bundle: true,
    minify: true,
    splitting: true,
    metafile: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['onnxruntime-web', 'onnxruntime-web/*', 'onnxruntime-node', 'node:*', ...builtinModules],
    loader: { '.wasm': 'file' },
    outdir: join(folder, 'size'),
    logLevel: 'silent',
  });
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const needed = new Set<string>();
  const need = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const { path, kind } of outputs.get(name)?.imports ?? [])
      if (kind === 'import-statement') need(basename(path));
  };
  need('stdin.js');
  return outputFiles
    .filter(({ path }) => needed.has(basename(path)))
    .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).byteLength, 0);
}

/** Budgets: a whole entry, and one small import of it, so that nothing drags the rest along. */
export function checkSizes(project: () => Project): void {
  describe('size', () => {
    test.each(sizeBudgets.map((budget) => [budget.code, budget] as const))('%s', async (code, budget) => {
      const bytes = await bytesOf(code, project().folder);
      console.info(`size: ${bytes} of ${budget.bytes} bytes: ${code}`);
      expect(bytes).toBeLessThanOrEqual(budget.bytes);
      expect(bytes, 'the budget is far too wide').toBeGreaterThan(budget.bytes * 0.4);
    });
  });
}
