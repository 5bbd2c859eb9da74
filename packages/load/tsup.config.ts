import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/index.browser.ts', 'src/files.ts'],
  format: ['esm'],
  dts: true,
  clean: true,
  sourcemap: true,
});
