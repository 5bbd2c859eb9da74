import type { Page } from 'playwright-core';
import { beforeWorkers } from './before-workers';

/**
 * Lets WebGPU adapters of a page and its workers say that their buffers hold no more than some bytes. To be called
 * before the page is opened.
 */
export async function prepareSmallBuffers(page: Page, bytes: number): Promise<void> {
  const code = `
const { get } = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, 'limits');
Object.defineProperty(GPUAdapter.prototype, 'limits', {
  get() {
    const limits = get.call(this);
    return new Proxy(limits, {
      get: (_, name) => (name === 'maxStorageBufferBindingSize' ? ${bytes} : limits[name]),
    });
  },
});`;
  await page.addInitScript(code);
  await beforeWorkers(page, code);
}
