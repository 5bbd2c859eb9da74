import type { Page } from 'playwright-core';

interface Watching {
  longTasks: number[];
}

/** Notes every task of a page that takes more than 50 ms, from its first one on; before `goto`. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watching = globalThis as unknown as Watching;
    watching.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watching.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
  });
}

/** Tells how many tasks were long since the last call, and the longest. */
export async function longTasks(page: Page): Promise<string> {
  const durations = await page.evaluate(() => {
    const watching = globalThis as unknown as Watching;
    return watching.longTasks.splice(0);
  });
  if (durations.length === 0) return 'none above 50 ms';
  return `${durations.length} above 50 ms, the longest ${Math.max(...durations).toFixed(0)} ms`;
}
