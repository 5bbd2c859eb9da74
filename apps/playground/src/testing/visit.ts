import type { Browser, BrowserContextOptions } from 'playwright-core';
import { PlaygroundPage } from './playground-page';
import type { ServedPlayground } from './serve-playground';

/** Opens a page that notes what goes wrong: errors, and requests to anywhere but its own server. */
export async function visit(
  browser: Browser,
  { url }: Pick<ServedPlayground, 'url'>,
  problems: string[],
  options: BrowserContextOptions = {},
): Promise<PlaygroundPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
      problems.push(`asked for ${request.url()}`);
  });
  return new PlaygroundPage(page);
}

export type Look = readonly [colorScheme: 'light' | 'dark', width: number, height: number];

/** The usual ways to look at a page. */
export const looks: readonly [Look, Look, Look, Look] = [
  ['light', 1280, 900],
  ['dark', 1280, 900],
  ['light', 375, 812],
  ['dark', 375, 812],
];

/** A look as options of a browser's context. */
export function lookOptions([colorScheme, width, height]: Look): BrowserContextOptions {
  const isSmall = width < 500;
  return { colorScheme, viewport: { width, height }, hasTouch: isSmall, isMobile: isSmall };
}
