import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import type { Project } from './project';

const execute = promisify(execFile);
const names = { load: 'load', generate: 'generate', 'categorical, chain, temperature, topK': 'sampling' };

/** What every consumer does: compose a chain, tokenize, generate. */
const body = `
  const { model, tokenizer, dispose } = await load('tales');
  const processors = chain(temperature(0.7), topK(50));
  const { ids } = tokenizer.encode('Once upon a time');
  let text = '';
  const events = generate({ model, tokenizer, prompt: ids, processors, sampler: categorical(), seed: 1, maxNewTokens: 8 });
  for await (const event of events) if (event.type === 'text') text += event.text;
  await dispose();
  console.log(text);
`;
const from = (line: (bindings: string, name: string) => string) =>
  Object.entries(names)
    .map(([bindings, name]) => line(bindings, `@nexttoken/${name}`))
    .join('\n');
const imports = from((bindings, name) => `import { ${bindings} } from '${name}';`);
const requires = from((bindings, name) => `const { ${bindings} } = require('${name}');`);

/** The ways in which a project in Node takes packages. Bundlers for pages have a file of their own. */
export function checkConsumers(project: () => Project): void {
  describe('in Node', () => {
    let expected = '';
    const check = (text: string) => {
      expect(text.trim().length).toBeGreaterThan(10);
      expected ||= text;
      expect(text).toBe(expected);
    };
    const write = (file: string, text: string) => writeFile(join(project().folder, file), text);

    test('a module', async () => {
      await write('module.mjs', `${imports}\n${body}`);
      check(await project().node('module.mjs'));
    });

    test('require()', async () => {
      await write('required.cjs', `${requires}\n(async () => {${body}})();`);
      check(await project().node('--no-warnings', 'required.cjs'));
    });

    test.each(['NodeNext', 'Bundler'])('TypeScript with moduleResolution %s', async (resolution) => {
      const module = resolution === 'Bundler' ? 'ESNext' : resolution;
      await write('typed.ts', `${imports}\nasync function main(): Promise<void> {${body}}\nawait main();\n`);
      const compilerOptions = {
        module,
        moduleResolution: resolution,
        target: 'ES2023',
        lib: ['ES2023', 'DOM'],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        outDir: `out-${resolution}`,
      };
      await write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
      const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
      await execute(process.execPath, [tsc, '-p', project().folder], { cwd: project().folder }).catch(
        ({ stdout }: { readonly stdout: string }) => expect(stdout).toBe(''),
      );
      check(await project().node(`out-${resolution}/typed.js`));
    });

    test('esbuild', async () => {
      const { folder } = project();
      await write('entry.mjs', `${imports}\n${body}`);
      await build({
        entryPoints: [join(folder, 'entry.mjs')],
        outfile: join(folder, 'bundle.mjs'),
        bundle: true,
        format: 'esm',
        platform: 'node',
        target: 'node20',
        external: ['onnxruntime-node', '@nexttoken/backend-onnx-node', '@nexttoken/tiny-models'],
        logLevel: 'silent',
      });
      check(await project().node('bundle.mjs'));
    });
  });
}
