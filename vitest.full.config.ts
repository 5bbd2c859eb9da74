import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['@nexttoken/source', 'module', 'node', 'import', 'default'] };
const ssr = { resolve };
const long = { testTimeout: 600_000, hookTimeout: 600_000 };

/** Long suites without a runtime of many threads, a page or a project of their own: two at once. */
const pure = ['tokenizers', 'sampling', 'grammar', 'generate', 'backend-testkit'].map(
  (name) => `packages/${name}/src/**/*.full.test.ts`,
);

/** The long suites: `*.full.test.ts`. */
export default defineConfig({
  resolve,
  ssr,
  test: {
    globalSetup: [
      'packages/backend-onnx-web/src/testing/bring-browser.ts',
      'packages/workspace/src/testing/packed-folder.ts',
    ],
    projects: [
      {
        resolve,
        ssr,
        test: { ...long, name: 'pure', include: pure, maxWorkers: 2, sequence: { groupOrder: 0 } },
      },
      {
        resolve,
        ssr,
        test: {
          ...long,
          name: 'full',
          include: ['packages/*/src/**/*.full.test.ts', 'apps/*/src/**/*.full.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', ...pure],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
