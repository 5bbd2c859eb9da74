import { fileURLToPath } from 'node:url';
import { createServer, defaultClientConditions, type ViteDevServer } from 'vite';

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Serves the test page from the sources, and `files` (path → bytes) beside it. */
export async function servePage(
  files: ReadonlyMap<string, Uint8Array>,
  { isolated }: { readonly isolated: boolean },
): Promise<{ readonly url: string; readonly server: ViteDevServer }> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('./page/', import.meta.url)),
    cacheDir: fileURLToPath(new URL('../../node_modules/.vite-page/', import.meta.url)),
    logLevel: 'error',
    resolve: { conditions: ['@nexttoken/source', ...defaultClientConditions] },
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null, headers: isolated ? isolation : {} },
    plugins: [
      {
        name: 'model-files',
        configureServer: ({ middlewares }) => {
          middlewares.use((request, response, next) => {
            const bytes = files.get(request.url ?? '');
            if (!bytes) return next();
            response.setHeader('content-type', 'application/octet-stream');
            response.end(bytes);
          });
        },
      },
    ],
  });
  await server.listen();
  return { url: server.resolvedUrls?.local[0] ?? '', server };
}
