import { check, checkEqual } from '../check/check';
import { firstLoss } from '../check/first-loss';
import type { Suite } from '../kit/suite';

/** `describe()` is for people and for programs that store it: plain JSON data. */
export const describeSuite: Suite = {
  name: 'describe',
  tests: [
    {
      name: 'names backend, device, dtype and cache',
      needs: { context: 0 },
      run: async ({ model }) => {
        const description = model.describe();
        for (const name of ['backend', 'device', 'dtype', 'cache'] as const) {
          const value: unknown = description[name];
          check(
            typeof value === 'string' && value !== '',
            () => `describe().${name} must be a name, got ${JSON.stringify(value)}`,
          );
        }
      },
    },
    {
      name: 'survives JSON without loss',
      needs: { context: 0 },
      run: async ({ model }) => {
        const lost = firstLoss(model.describe(), 'describe()');
        check(lost === undefined, `${lost} does not survive JSON`);
      },
    },
    {
      name: 'says the same when asked again',
      needs: { context: 0 },
      run: async ({ model }) => {
        checkEqual(Object.keys(model.describe()), Object.keys(model.describe()), 'entries of describe()');
      },
    },
  ],
};
