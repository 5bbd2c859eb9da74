import type { Page } from 'playwright-core';

/** In every worker: remembers WebGPU devices, and destroys them when told to. */
const hook = `
const request = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (...descriptor) {
  const device = await request.apply(this, descriptor);
  new BroadcastChannel('lose-devices').addEventListener('message', () => device.destroy());
  return device;
};`;

/** Makes a page's workers lose their WebGPU devices at {@link loseDevices}. To be called before the page is opened. */
export async function prepareToLoseDevices(page: Page): Promise<void> {
  await page.addInitScript((code) => {
    const Original = globalThis.Worker;
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        const own = new URL(url, location.href).href;
        const first = `data:text/javascript,${encodeURIComponent(code)}`;
        const script = `import ${JSON.stringify(first)};\nimport ${JSON.stringify(own)};`;
        super(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), options);
      }
    };
  }, hook);
}

/** Destroys the WebGPU devices that exist now. */
export async function loseDevices(page: Page): Promise<void> {
  await page.evaluate(() => new BroadcastChannel('lose-devices').postMessage(null));
}
