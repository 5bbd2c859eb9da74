import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/session-calls/index.ts'],
  format: ['esm'],
  dts: true,
  clean: true,
  sourcemap: true,
});
