import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'worker/wasm-worker': 'src/worker/wasm-worker.ts',
    'worker/jspi-worker': 'src/worker/jspi-worker.ts',
    'worker/asyncify-worker': 'src/worker/asyncify-worker.ts',
  },
  format: ['esm'],
  dts: { entry: { index: 'src/index.ts' } },
  clean: true,
  sourcemap: true,
  noExternal: ['@nexttoken/onnx-decoder'],
});
