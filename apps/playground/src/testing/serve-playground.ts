import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

export interface ServedPlayground {
  readonly url: string;
  /** The folder that is served. */
  readonly folder: string;
  /** Paths that pages and their workers asked for; what the service worker keeps is left out. */
  readonly requested: Set<string>;
  /** Ends the server. */
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Git ignores it. */
const builds = join(root, 'coverage');

/** Names the state of all sources: their paths, sizes and times. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const packages = join(root, '../../packages');
  const folders = (await readdir(packages)).map((name) => join(packages, name, 'src'));
  for (const folder of [...folders.filter((path) => existsSync(path)), join(root, 'src')]) {
    const names = (await readdir(folder, { recursive: true })).filter((name) => !name.endsWith('.test.ts'));
    for (const name of names.sort()) {
      const { size, mtimeMs } = await stat(join(folder, name));
      hash.update(`${folder}/${name} ${size} ${mtimeMs}\n`);
    }
  }
  for (const name of ['index.html', 'vite.config.ts'])
    hash.update(String((await stat(join(root, name))).mtimeMs));
  return hash.digest('hex').slice(0, 16);
}

/** Builds the page, unless these very sources were built before. */
async function builtPage(): Promise<string> {
  const outDir = join(builds, `page-${await fingerprint()}`);
  const done = join(outDir, '.done');
  if (existsSync(done)) return outDir;
  const old = existsSync(builds) ? await readdir(builds) : [];
  for (const name of old.filter((each) => each.startsWith('page-')))
    await rm(join(builds, name), { recursive: true, force: true });
  // A test runner calls its surroundings a test; what is built is what visitors get.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  process.env.NODE_ENV = NODE_ENV;
  await writeFile(done, '');
  return outDir;
}

/** Builds the page into a folder of its own and serves it as `npm start` does. */
export async function servePlayground(): Promise<ServedPlayground> {
  const folder = await builtPage();
  const requested = new Set<string>();
  const server = await preview({
    root,
    logLevel: 'error',
    build: { outDir: folder },
    preview: { port: 0 },
    plugins: [
      {
        name: 'note-requests',
        configurePreviewServer({ middlewares }) {
          middlewares.use(({ url = '', headers }, _, next) => {
            if (!headers.referer?.includes('service-worker')) requested.add(url.replace(/[?#].*/, ''));
            next();
          });
        },
      },
    ],
  });
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    folder,
    requested,
    stop: () => server.close(),
  };
}
