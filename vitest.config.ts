import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['@nexttoken/source', 'module', 'node', 'import', 'default'] };
const ssr = { resolve };
const node = {
  environment: 'node',
  testTimeout: 30_000,
  hookTimeout: 120_000,
  pool: 'forks',
  maxWorkers: 2,
} as const;
const exclude = ['**/*.browser.test.ts', '**/*.full.test.ts', '**/node_modules/**', '**/dist/**'];

/**
 * Packages without native code, processes or mocks: one process runs many of their test files, but those called
 * `lazy-loading`, which look at what their process has loaded.
 */
const pure = [
  'model',
  'numeric',
  'tokenizers',
  'sampling',
  'generate',
  'grammar',
  'checkpoint',
  'onnx-export',
  'onnx-decoder',
  'inspector',
  'inspector-elements',
].map((name) => `packages/${name}/src/**/!(lazy-loading).test.ts`);

/** Tests run on the sources, through the packages' first `exports` condition: no build comes before them. */
export default defineConfig({
  resolve,
  ssr,
  test: {
    globalSetup: 'packages/backend-onnx-web/src/testing/bring-browser.ts',
    projects: [
      {
        resolve,
        ssr,
        test: { ...node, name: 'pure', isolate: false, include: pure, exclude },
      },
      {
        resolve,
        ssr,
        test: {
          ...node,
          name: 'node',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
          exclude: [...exclude, ...pure],
        },
      },
      {
        resolve,
        ssr,
        test: {
          // Pages in a real browser, driven from Node with playwright-core; each test starts what it needs.
          name: 'browser',
          environment: 'node',
          include: ['packages/*/src/**/*.browser.test.ts', 'apps/*/src/**/*.browser.test.ts'],
          passWithNoTests: true,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
