import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { physicalCores } from './physical-cores';

test.runIf(process.platform === 'linux')('there is at least one core, and no more than may be used', () => {
  expect(physicalCores()).toBeGreaterThanOrEqual(1);
  expect(physicalCores()).toBeLessThanOrEqual(availableParallelism());
});
