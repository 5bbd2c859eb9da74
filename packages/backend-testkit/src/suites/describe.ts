import { check, checkEqual } from '../check/check';
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

/** The path of the first value that is not plain data: functions, bigints, NaN, typed arrays, classes … */
function firstLoss(value: unknown, path: string): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} = ${value}`;
  if (typeof value !== 'object') return `${path} (${typeof value})`;
  const kind = Object.prototype.toString.call(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!plain) return `${path} (${kind})`;
  for (const [key, entry] of Object.entries(value)) {
    const lost = firstLoss(entry, `${path}.${key}`);
    if (lost !== undefined) return lost;
  }
  return undefined;
}
