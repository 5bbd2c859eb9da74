import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** Cross-origin isolation: the wasm runtime may use threads. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The built page can reach no other origin, whatever runs in it. */
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

/** Built from the packages' sources; nothing else has to be built before. */
export default defineConfig({
  base: './',
  resolve: { conditions: ['@nexttoken/source', ...defaultClientConditions] },
  // The runtime finds its wasm beside itself: it must stay where it is.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 4173, headers },
  preview: { host: '127.0.0.1', port: 4173, headers },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1024, reportCompressedSize: false },
  plugins: [contentSecurityPolicy],
});
