import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['@nexttoken/source', 'module', 'node', 'import', 'default'] };

/** The long suites: `*.full.test.ts`. */
export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    globalSetup: 'packages/backend-onnx-web/src/testing/bring-browser.ts',
    include: ['packages/*/src/**/*.full.test.ts', 'apps/*/src/**/*.full.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
  },
});
