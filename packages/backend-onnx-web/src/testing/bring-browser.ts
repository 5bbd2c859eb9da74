import { findBrowser } from './find-browser';

/**
 * Runs once before all tests: where the machine has no browser, the npm package `@sparticuz/chromium` unpacks the one that
 * it carries (Linux x64), and everybody finds it through `CHROMIUM_PATH`.
 */
export default async function bringBrowser(): Promise<void> {
  if (findBrowser() || process.platform !== 'linux' || process.arch !== 'x64') return;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    process.env.CHROMIUM_PATH = await chromium.executablePath();
    console.info('no browser on this machine: tests use the one of @sparticuz/chromium');
  } catch (error) {
    console.info(`no browser on this machine, and none from @sparticuz/chromium: ${String(error)}`);
  }
}
