import { findBrowser } from '@nexttoken/backend-onnx-web/testing';
import { describe, test } from 'vitest';
import { hostileRuns } from '../testing/hostile-runs';

const executablePath = findBrowser();

describe.skipIf(!executablePath)('in a page', () => {
  test('8 seeded runs against a hostile server: the right bytes or a typed error, never a wrong file', async () => {
    await hostileRuns(executablePath!, 8);
  });
});
