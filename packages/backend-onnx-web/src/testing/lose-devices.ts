import type { Page } from 'playwright-core';
import { beforeWorkers } from './before-workers';

/** In every worker: remembers WebGPU devices, and destroys them when told to, or with the next commands they get. */
const hook = `
const devices = new Set();
const { requestDevice } = GPUAdapter.prototype;
GPUAdapter.prototype.requestDevice = async function (...descriptor) {
  const device = await requestDevice.apply(this, descriptor);
  devices.add(device);
  return device;
};
const lose = () => {
  for (const device of devices) device.destroy();
  devices.clear();
};
let isDue = false;
const { submit } = GPUQueue.prototype;
GPUQueue.prototype.submit = function (...commands) {
  submit.apply(this, commands);
  if (isDue) lose();
  isDue = false;
};
const channel = new BroadcastChannel('lose-devices');
channel.onmessage = ({ data }) => {
  if (devices.size === 0) return;
  if (data === 'now') lose();
  else isDue = true;
  channel.postMessage('done');
};`;

/** Makes a page's workers lose their WebGPU devices at {@link loseDevices}. To be called before the page is opened. */
export const prepareToLoseDevices = (page: Page): Promise<void> => beforeWorkers(page, hook);

/**
 * Destroys the WebGPU devices that exist, or has them destroyed in the middle of the next run.
 * Resolves when the worker that has them has heard it.
 */
export async function loseDevices(page: Page, when: 'now' | 'in the next run'): Promise<void> {
  await page.evaluate(
    (moment) =>
      new Promise<void>((resolve) => {
        const channel = new BroadcastChannel('lose-devices');
        channel.onmessage = () => {
          channel.close();
          resolve();
        };
        channel.postMessage(moment);
      }),
    when,
  );
}
