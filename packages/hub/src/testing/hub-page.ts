import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import type { DownloadOptions } from '../download/bring-model';
import type { Outcome, Stored } from './page/main';
import { servePage } from './serve-page';
import { id } from './test-files';

/** Options that travel into a page. */
type PageOptions = Omit<DownloadOptions, 'signal' | 'onProgress' | 'file'>;

/** The test page in a tab of its own. */
export interface HubPage {
  readonly page: Page;
  download(options: PageOptions): Promise<Outcome>;
  /** All files of a cache. */
  stored(cacheFolder: string): Promise<Stored[]>;
}

/** A browser with a profile on disk, as people have it. */
export interface HubBrowser {
  readonly context: BrowserContext;
  openPage(): Promise<HubPage>;
  close(): Promise<void>;
}

export async function hubBrowser(executablePath: string): Promise<HubBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'nexttoken-profile-'));
  const { url, server } = await servePage();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  return {
    context,
    async openPage() {
      const page = await context.newPage();
      await page.goto(url);
      await page.waitForFunction(() => 'hubPage' in globalThis);
      return {
        page,
        download: (options) =>
          page.evaluate(([name, own]) => hubPage.outcome(() => hubPage.downloadModel(name, own)), [
            id,
            options,
          ] as const),
        stored: async (cacheFolder) =>
          (await page.evaluate(() => hubPage.stored())).filter(({ path }) =>
            path.startsWith(`${cacheFolder}/`),
          ),
      };
    },
    async close() {
      await context.close();
      await server.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
