import type { Page } from 'playwright-core';

/** The page as a visitor sees it. */
export class PlaygroundPage {
  constructor(readonly page: Page) {}

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.waitForSelector('body.live');
    await this.painted();
  }

  /** Waits until everything that happened is drawn. */
  async painted(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  async text(): Promise<string> {
    return (await this.page.locator('#text').textContent()) ?? '';
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
    return this.page.locator('#rows tr:not([hidden])').evaluateAll((lines) =>
      lines.map((line) => {
        const textOf = (selector: string) => line.querySelector(selector)?.textContent ?? '';
        return {
          rank: Number(textOf('td.rank')),
          token: textOf('.take'),
          mark: textOf('.mark'),
          logit: Number(textOf('.number').replace('−', '-')),
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

  /** How many tokens were taken. */
  takenCount(): Promise<number> {
    return this.page.locator('#generated > *').count();
  }

  async waitForTaken(count: number): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => document.querySelectorAll('#generated > *').length === wanted,
      count,
    );
    await this.page.waitForSelector('body:not(.waiting)');
  }

  async slide(name: string, place: number): Promise<void> {
    await this.page.locator(`#slider-${name}`).evaluate((slider: HTMLInputElement, at) => {
      slider.value = String(at);
      slider.dispatchEvent(new Event('input'));
    }, place);
    await this.painted();
  }

  async edit(prompt: string): Promise<void> {
    await this.page.locator('#prompt').fill(prompt);
    await this.page.locator('#prompt').press('Enter');
    await this.page.waitForSelector('body:not(.waiting)');
    await this.painted();
  }
}
