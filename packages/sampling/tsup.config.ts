import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    simd: 'src/simd/simd-kernel.ts',
    'transformers-js': 'src/bridges/transformers-js.ts',
    'web-llm': 'src/bridges/web-llm.ts',
  },
  format: ['esm'],
  dts: true,
  clean: true,
  sourcemap: true,
});
