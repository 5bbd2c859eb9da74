import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

export interface ServedPlayground {
  readonly url: string;
  /** Ends the server. */
  stop(): Promise<void>;
  /** Ends the server and removes what was built. */
  close(): Promise<void>;
}

/** Builds the page into a folder of its own and serves it as `npm start` does. */
export async function servePlayground(): Promise<ServedPlayground> {
  const outDir = await mkdtemp(join(tmpdir(), 'nexttoken-playground-'));
  const shared = { root: fileURLToPath(new URL('../../', import.meta.url)), logLevel: 'warn' } as const;
  await build({ ...shared, build: { outDir, emptyOutDir: true } });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0 } });
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    stop: () => server.close(),
    close: async () => {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
