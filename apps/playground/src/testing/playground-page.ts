import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Git ignores it. */
const screenshots = fileURLToPath(new URL('../../coverage/', import.meta.url));

/** The page as a visitor sees it. */
export class PlaygroundPage {
  constructor(readonly page: Page) {}

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.live();
  }

  /** Waits until a model answers. */
  async live(): Promise<void> {
    await this.page.waitForSelector('body.live');
    await this.painted();
  }

  /** Waits until everything that happened was answered and is drawn. */
  async painted(): Promise<void> {
    await this.frames();
    await this.page.waitForSelector('body:not(.shaping):not(.waiting)');
    await this.frames();
  }

  async frames(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /** Prompt and what was taken. */
  text(): Promise<string> {
    return this.page.evaluate(() => {
      const stream = document.querySelector('nt-token-stream#text') as unknown as {
        readonly tokens: readonly { readonly text: string; readonly token: string }[];
      };
      const prompt = document.querySelector('#prompt')?.textContent ?? '';
      return prompt + stream.tokens.map(({ text, token }) => text || token).join('');
    });
  }

  async status(): Promise<string> {
    return (await this.page.locator('#status').textContent()) ?? '';
  }

  /** Tokens of the prompt, with their ids. */
  promptTokens(): Promise<string[]> {
    return this.page.locator('#tokens li').allTextContents();
  }

  /** The lines of the table that are shown. */
  rows() {
    return this.page.locator('nt-distribution tbody tr').evaluateAll((lines) =>
      lines.map((line) => {
        const textOf = (selector: string) => line.querySelector(selector)?.textContent?.trim() ?? '';
        return {
          rank: Number(textOf('td.rank')),
          token: textOf('.take'),
          mark: textOf('.mark'),
          logit: Number(textOf('.value').replace('−', '-')),
          why: textOf('.why'),
          percent: textOf('td.percent'),
          removed: line.classList.contains('removed'),
        };
      }),
    );
  }

  async nextToken(): Promise<string | undefined> {
    return (await this.rows()).find(({ mark }) => mark === 'next')?.token;
  }

  /** Forward passes of the model, as the page tells them. */
  async passes(): Promise<number> {
    const summary = (await this.page.locator('#summary').textContent()) ?? '';
    return Number(/([\d,]+) model pass/.exec(summary)?.[1]?.replace(',', '') ?? Number.NaN);
  }

  /** The random number of the shown step. */
  async luck(): Promise<string> {
    const text = (await this.page.locator('nt-sampling-panel .luck').first().textContent()) ?? '';
    return /u = ([\d.]+)/.exec(text)?.[1] ?? '';
  }

  /** How many tokens were taken. */
  takenCount(): Promise<number> {
    return this.page.locator('nt-token-stream#text [role=option]').count();
  }

  async waitForTaken(count: number): Promise<void> {
    await this.page.waitForFunction(
      (wanted) =>
        (document.querySelector('nt-token-stream#text') as unknown as { tokens: unknown[] }).tokens.length ===
        wanted,
      count,
    );
    await this.painted();
  }

  async slide(label: string, place: number): Promise<void> {
    await this.page
      .locator(`nt-sampling-panel input[type=range][aria-label="${label}"]`)
      .evaluate((slider: HTMLInputElement, at) => {
        slider.value = String(at);
        slider.dispatchEvent(new Event('input'));
        slider.dispatchEvent(new Event('change'));
      }, place);
    await this.painted();
  }

  async edit(prompt: string): Promise<void> {
    await this.page.locator('#prompt').fill(prompt);
    await this.page.locator('#prompt').press('Enter');
    await this.painted();
  }

  async show(view: string): Promise<void> {
    await this.page.locator('#views').getByRole('button', { name: view, exact: true }).click();
    await this.page.waitForSelector('#band:not([data-busy])');
    await this.painted();
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
  }

  /** What axe-core finds serious or critical, in words. */
  async seriousViolations(): Promise<string[]> {
    await this.page.evaluate(axe.source);
    return this.page.evaluate(async () => {
      const { axe: run } = globalThis as unknown as { axe: typeof import('axe-core') };
      const { violations } = await run.run(document, { resultTypes: ['violations'] });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) =>
          nodes.map(
            ({ target, failureSummary }) =>
              `${id} ${target.join(' ')} ${failureSummary?.split('\n').slice(1).join(' ')}`,
          ),
        );
    });
  }
}
