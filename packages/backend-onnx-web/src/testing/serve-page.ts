import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createServer, defaultClientConditions, type ViteDevServer } from 'vite';

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Serves the test page from the sources, and `files` beside it: what a path of the page means, as bytes or as the path
 * of a file here.
 * @param root folder of another page
 */
export async function servePage(
  files: ReadonlyMap<string, Uint8Array | string>,
  {
    isolated,
    root = fileURLToPath(new URL('./page/', import.meta.url)),
  }: { readonly isolated: boolean; readonly root?: string },
): Promise<{ readonly url: string; readonly server: ViteDevServer }> {
  const server = await createServer({
    configFile: false,
    root,
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
            const type = /\.m?js$/.test(request.url!) ? 'text/javascript' : 'application/octet-stream';
            response.setHeader('content-type', type);
            if (typeof bytes === 'string') createReadStream(bytes).pipe(response);
            else response.end(bytes);
          });
        },
      },
    ],
  });
  await server.listen();
  return { url: server.resolvedUrls?.local[0] ?? '', server };
}
