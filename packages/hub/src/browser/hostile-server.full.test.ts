import { findBrowser } from '@nexttoken/backend-onnx-web/testing';
import { describe, expect, test } from 'vitest';
import { hostileRuns } from '../testing/hostile-runs';

const executablePath = findBrowser();
if (!executablePath) console.info('skipped: there is no Chromium here; set CHROMIUM_PATH');

describe.skipIf(!executablePath)('in a page', () => {
  test('100 seeded runs against a hostile server: the right bytes or a typed error, never a wrong file', async () => {
    const ends = await hostileRuns(executablePath!, 100);
    console.info(`hostile server, 100 runs in Chromium: ${JSON.stringify(ends)}`);
    expect(ends.whole).toBeGreaterThan(5);
    expect(Object.keys(ends).length).toBeGreaterThan(2);
  }, 600_000);
});
