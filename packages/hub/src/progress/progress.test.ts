import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { progressMeter } from './progress-meter';
import { progressReporter } from './progress-reporter';

const files = [
  { path: 'a', size: 1000 },
  { path: 'b', size: 3000 },
];

test('the meter adds up all files; what was there before is done, but not fast', () => {
  let time = 0;
  const meter = progressMeter(files, () => time);
  expect(meter.read()).toMatchObject({ bytes: 0, totalBytes: 4000, bytesPerSecond: 0 });
  meter.set('a', 1000, true);
  meter.set('b', 500);
  time = 1000;
  expect(meter.read()).toEqual({
    bytes: 1500,
    totalBytes: 4000,
    bytesPerSecond: 500,
    secondsLeft: 5,
    files: [
      { path: 'a', bytes: 1000, totalBytes: 1000 },
      { path: 'b', bytes: 500, totalBytes: 3000 },
    ],
  });
});

test('the rate is that of the last five seconds; a file that is begun anew takes its bytes back', () => {
  let time = 0;
  const meter = progressMeter(files, () => time);
  meter.set('b', 2000);
  for (time = 1000; time <= 12_000; time += 1000) meter.read();
  expect(meter.read().bytesPerSecond).toBe(0);
  expect(meter.read().secondsLeft).toBeUndefined();
  meter.set('b', 100);
  expect(meter.read().bytes).toBe(100);
});

test('the reporter loses no last report, and ends when told', async () => {
  let shown = 0;
  const reporter = progressReporter(() => shown++);
  for (let i = 0; i < 5; i++) reporter.report();
  expect(shown).toBe(1);
  await delay(200);
  expect(shown).toBe(2);
  reporter.report();
  reporter.report();
  reporter.stop();
  await delay(200);
  expect(shown).toBeLessThanOrEqual(3);
});
