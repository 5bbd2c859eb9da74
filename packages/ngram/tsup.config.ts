import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    node: 'src/node/index.ts',
    parquet: 'src/parquet/index.ts',
    'suffix-worker': 'src/node/suffix-worker.ts',
  },
  format: ['esm'],
  dts: { entry: { index: 'src/index.ts', node: 'src/node/index.ts', parquet: 'src/parquet/index.ts' } },
  clean: true,
  sourcemap: true,
});
