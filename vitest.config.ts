import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['@nexttoken/source', 'module', 'node', 'import', 'default'] };
const ssr = { resolve };

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
        test: {
          name: 'node',
          environment: 'node',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/*.full.test.ts', '**/node_modules/**', '**/dist/**'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers: 2,
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
