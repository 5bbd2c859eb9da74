import type { Page } from 'playwright-core';

/** Runs code in a page's workers before their own scripts. To be called before the page is opened. */
export async function beforeWorkers(page: Page, code: string): Promise<void> {
  await page.addInitScript((given) => {
    const Original = globalThis.Worker;
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        const own = new URL(url, location.href).href;
        const first = `data:text/javascript,${encodeURIComponent(given)}`;
        const script = `import ${JSON.stringify(first)};\nimport ${JSON.stringify(own)};`;
        super(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), options);
      }
    };
  }, code);
}
