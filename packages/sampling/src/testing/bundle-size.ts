import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';

const index = fileURLToPath(new URL('../index.ts', import.meta.url));
const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

async function bundle(options: BuildOptions): Promise<{ text: string; external: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@nexttoken/source'],
    metafile: true,
    write: false,
    ...options,
  });
  const imports = Object.values(metafile!.outputs).flatMap((output) => output.imports);
  return {
    text: outputFiles![0]!.text,
    external: imports.filter(({ external }) => external).map(({ path }) => path),
  };
}

/** The package in one file, as it is published: what a page's bundler has to take apart again. */
async function publishedFile(): Promise<string> {
  return (await bundle({ entryPoints: [index], packages: 'external' })).text;
}

/** What importing these names costs a page: bytes of the bundle, minified and gzipped. */
export async function bundleSize(
  names: readonly string[],
): Promise<{ bytes: number; external: readonly string[]; text: string }> {
  const published = await publishedFile();
  const { text, external } = await bundle({
    stdin: { contents: `export { ${names.join(', ')} } from 'published';`, resolveDir: packageFolder },
    minify: true,
    plugins: [
      {
        name: 'published',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^published$/ }, () => ({ path: 'published', namespace: 'published' }));
          onLoad({ filter: /.*/, namespace: 'published' }, () => ({
            contents: published,
            resolveDir: packageFolder,
          }));
        },
      },
    ],
  });
  return { bytes: gzipSync(text, { level: 9 }).length, external, text };
}
