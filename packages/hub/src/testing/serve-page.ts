import { fileURLToPath } from 'node:url';
import { createServer, defaultClientConditions, type ViteDevServer } from 'vite';

/** Serves the test page from the sources. */
export async function servePage(): Promise<{ readonly url: string; readonly server: ViteDevServer }> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('./page/', import.meta.url)),
    cacheDir: fileURLToPath(new URL('../../node_modules/.vite-page/', import.meta.url)),
    logLevel: 'error',
    resolve: { conditions: ['@nexttoken/source', ...defaultClientConditions] },
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await server.listen();
  return { url: server.resolvedUrls?.local[0] ?? '', server };
}
