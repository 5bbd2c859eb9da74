import type { Page } from 'playwright-core';
import { beforeWorkers } from './before-workers';

/** In every worker: remembers WebGPU devices, and destroys them when told to. */
const hook = `
const request = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (...descriptor) {
  const device = await request.apply(this, descriptor);
  new BroadcastChannel('lose-devices').addEventListener('message', () => device.destroy());
  return device;
};`;

/** Makes a page's workers lose their WebGPU devices at {@link loseDevices}. To be called before the page is opened. */
export const prepareToLoseDevices = (page: Page): Promise<void> => beforeWorkers(page, hook);

/** Destroys the WebGPU devices that exist now. */
export async function loseDevices(page: Page): Promise<void> {
  await page.evaluate(() => new BroadcastChannel('lose-devices').postMessage(null));
}
