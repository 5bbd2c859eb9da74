import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** Kilobytes of what an import of these names takes at once, and of every file that is loaded later, by name. */
async function bundle(names: string): Promise<{ first: number; files: string[] }> {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const { metafile } = await build({
    stdin: { contents: `export { ${names} } from './index';`, resolveDir: folder },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['@nexttoken/source'],
    minify: true,
    write: false,
    metafile: true,
    outdir: 'out',
  });
  const outputs = Object.values(metafile.outputs);
  const entry = outputs.find((output) => output.entryPoint !== undefined && output.entryPoint === '<stdin>')!;
  const reached = new Set([entry]);
  for (const output of reached) {
    for (const { path, kind } of output.imports) {
      if (kind === 'import-statement') reached.add(metafile.outputs[path]!);
    }
  }
  const files = [...reached].flatMap((output) => Object.keys(output.inputs));
  return { first: [...reached].reduce((sum, output) => sum + output.bytes, 0) / 1000, files };
}

const tables = (files: readonly string[]) => files.filter((file) => /tiktoken[\\/]encoders/.test(file));

test('no rank table comes with an import', { timeout: 60_000 }, async () => {
  const { files, first } = await bundle('tiktokenTokenizer');
  expect(tables(files)).toEqual([]);
  expect(first).toBeLessThan(150);
});

test('one kind does not bring the others', { timeout: 60_000 }, async () => {
  const json = await bundle('tokenizerFromJson');
  expect(
    json.files.filter((file) => /\/src\/tiktoken\/|\/src\/gguf\/|jinja|model_to_encoding/.test(file)),
  ).toEqual([]);
  const template = await bundle('chatTemplate');
  expect(
    template.files.filter((file) => /@huggingface.tokenizers|\/src\/(models|tiktoken)\//.test(file)),
  ).toEqual([]);
});
