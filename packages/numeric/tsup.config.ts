import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', 'row-summary': 'src/row/row-summary.ts', wasm: 'src/wasm/index.ts' },
  format: ['esm'],
  dts: true,
  clean: true,
  sourcemap: true,
});
