import { fileURLToPath } from 'node:url';
import { createServer, defaultClientConditions, type ViteDevServer } from 'vite';

/** Serves the gallery page from the sources, and the data it shows. */
export async function serveGallery(
  data: string,
): Promise<{ readonly url: string; readonly server: ViteDevServer }> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('./gallery/', import.meta.url)),
    cacheDir: fileURLToPath(new URL('../../node_modules/.vite-gallery/', import.meta.url)),
    logLevel: 'error',
    resolve: { conditions: ['@nexttoken/source', ...defaultClientConditions] },
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    plugins: [
      {
        name: 'gallery-data',
        configureServer: ({ middlewares }) => {
          middlewares.use('/gallery.json', (_, response) => {
            response.setHeader('content-type', 'application/json');
            response.end(data);
          });
        },
      },
    ],
  });
  await server.listen();
  return { url: server.resolvedUrls?.local[0] ?? '', server };
}
