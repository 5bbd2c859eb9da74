import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** Every module keeps its own address, so that what it looks for beside itself is found. */
const ownAddresses: Plugin = {
  name: 'own addresses',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](packages|apps)[\\/][^\\/]+[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const address = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};

/**
 * Bundles a program of the workspace with its sources, for tests that start it many times: the same modules start in a
 * fifth of the time that a loader of TypeScript takes in each process.
 * @param entry the program, a file in TypeScript
 * @param outfile where the bundle goes: below the program's package, so that native packages are found
 */
export async function bundleSource(entry: string, outfile: string): Promise<void> {
  const require = "import { createRequire as own } from 'node:module'; const require = own(import.meta.url);";
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@nexttoken/source'],
    external: ['onnxruntime-node'],
    banner: { js: require },
    plugins: [ownAddresses],
    logLevel: 'error',
  });
}
