import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'index.browser': 'src/index.browser.ts',
    'storage-worker': 'src/browser/storage-worker.ts',
  },
  format: ['esm'],
  dts: { entry: { index: 'src/index.ts', 'index.browser': 'src/index.browser.ts' } },
  clean: true,
  sourcemap: true,
});
