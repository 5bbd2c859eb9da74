import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** Cross-origin isolation: the wasm runtime may use threads. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Where models may come from when a visitor asks for one: the public hub and its storage, or a server on this machine. */
const hubs = [
  'https://huggingface.co',
  'https://*.huggingface.co',
  'https://*.hf.co',
  'http://localhost:*',
  'http://127.0.0.1:*',
];

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  `connect-src 'self' ${hubs.join(' ')}`,
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The built page can reach no other origin but the hub, whatever runs in it. */
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
      injectTo: 'head-prepend',
    },
  ],
};

/** Large files that most visits do without: kept once they were used. */
const isLate = /tales-chat.*safetensors$|(jspi|asyncify)\.wasm$/;

/** Tells the service worker which files the page consists of. */
const pageFiles: Plugin = {
  name: 'page-files',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    const worker = bundle['service-worker.js'];
    const page = bundle['index.html'];
    if (worker?.type !== 'chunk' || page?.type !== 'asset') throw new Error('the build lacks its page');
    const names = Object.values(bundle)
      .filter((file) => file !== worker && file !== page)
      .map((file) => ({
        name: file.fileName,
        late: file.type === 'asset' && file.originalFileNames.some((path) => isLate.test(path)),
      }));
    const files = ['.', 'icon.svg', ...names.filter((file) => !file.late).map(({ name }) => name)];
    const late = names.filter((file) => file.late).map(({ name }) => name);
    const version = createHash('sha256')
      .update(JSON.stringify([files, late]))
      .update(page.source)
      .digest('hex');
    const data = { files, late, version: version.slice(0, 16) };
    worker.code = worker.code.replace('__PAGE__', JSON.stringify(data));
  },
};

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Built from the packages' sources; nothing else has to be built before. */
export default defineConfig({
  base: './',
  resolve: { conditions: ['@nexttoken/source', ...defaultClientConditions] },
  // The runtime finds its wasm beside itself: it must stay where it is.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  worker: { format: 'es', rollupOptions: { checks: { pluginTimings: false } } },
  server: { host: '127.0.0.1', port: 4173, headers },
  preview: { host: '127.0.0.1', port: 4173, headers },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1024,
    reportCompressedSize: false,
    rollupOptions: {
      // A busy machine is no news.
      checks: { pluginTimings: false },
      input: { index: source('index.html'), 'service-worker': source('src/offline/service-worker.ts') },
      output: {
        entryFileNames: ({ name }) =>
          name === 'service-worker' ? 'service-worker.js' : 'assets/[name]-[hash].js',
      },
    },
  },
  plugins: [contentSecurityPolicy, pageFiles],
});
