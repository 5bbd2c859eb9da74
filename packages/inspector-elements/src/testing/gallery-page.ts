import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = require.resolve('axe-core/axe.min.js');

/** What a gallery page wrote down of an event. */
export interface LoggedEvent {
  readonly type: string;
  readonly detail: Record<string, unknown>;
}

interface AxeRun {
  run(options: object): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
    }[];
  }>;
}

/** The gallery as somebody at a keyboard sees it. */
export class GalleryPage {
  constructor(readonly page: Page) {}

  async open(url: string, only?: string): Promise<void> {
    await this.page.goto(only ? `${url}?only=${only}` : url);
    await this.page.waitForSelector('body[data-ready]', { timeout: 60_000 });
    await this.painted();
  }

  /** Waits until everything that happened is drawn. */
  async painted(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.painted();
  }

  /** Events since the last call. */
  events(): Promise<LoggedEvent[]> {
    return this.page.evaluate(() => (window as unknown as { log: LoggedEvent[] }).log.splice(0));
  }

  async eventsOf(type: string): Promise<LoggedEvent['detail'][]> {
    return (await this.events()).filter((event) => event.type === type).map(({ detail }) => detail);
  }

  /** Serious and critical findings of axe-core, in words. */
  async seriousFindings(): Promise<string[]> {
    // Injected as a function's text: the page's policy forbids foreign scripts, not the debugger's.
    await this.page.addScriptTag({ path: axe });
    const { violations } = await this.page.evaluate(() =>
      (window as unknown as { axe: AxeRun }).axe.run({ resultTypes: ['violations'] }),
    );
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${[...new Map(nodes.map((node) => [node.html.slice(0, 40), node])).values()]
            .map(({ html, failureSummary }) => `${html.slice(0, 160)} (${failureSummary.slice(0, 300)})`)
            .join(' | ')}`,
      );
  }
}
