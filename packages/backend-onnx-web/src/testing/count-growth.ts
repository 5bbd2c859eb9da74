import { existsSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { beforeWorkers } from './before-workers';

/**
 * In every worker: counts WebGPU buffers that were made and not destroyed, and the arrays that scripts made and nobody
 * let go of, and remembers WebAssembly memories.
 */
const hook = `
const held = { buffers: 0, bufferBytes: 0, arrayBytes: 0, memories: new Set() };
const collected = new FinalizationRegistry((bytes) => {
  held.arrayBytes -= bytes;
});
globalThis.ArrayBuffer = class extends ArrayBuffer {
  constructor(...given) {
    super(...given);
    const { byteLength } = this;
    held.arrayBytes += byteLength;
    collected.register(this, byteLength);
  }
  static get [Symbol.species]() {
    return ArrayBuffer;
  }
};
if (typeof GPUDevice !== 'undefined') {
  const sizes = new Map();
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    sizes.set(buffer, descriptor.size);
    held.buffers++;
    held.bufferBytes += descriptor.size;
    return buffer;
  };
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function () {
    if (sizes.has(this)) {
      held.buffers--;
      held.bufferBytes -= sizes.get(this);
      sizes.delete(this);
    }
    return destroy.call(this);
  };
}
const Memory = WebAssembly.Memory;
WebAssembly.Memory = class extends Memory {
  constructor(descriptor) {
    super(descriptor);
    held.memories.add(this);
  }
};
for (const name of ['instantiate', 'instantiateStreaming']) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await original.apply(WebAssembly, given);
    for (const each of Object.values((made.instance ?? made).exports))
      if (each instanceof Memory) held.memories.add(each);
    return made;
  };
}
const channel = new BroadcastChannel('count-growth');
channel.onmessage = async () => {
  for (let i = 0; i < 4; i++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { memories, ...rest } = held;
  const heapBytes = [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  if (heapBytes > 0) channel.postMessage({ ...rest, heapBytes });
};`;

/** What a page's only worker with a runtime holds, and its processes. */
export interface Held {
  /** WebGPU buffers that were not destroyed. */
  readonly buffers: number;
  readonly bufferBytes: number;
  /** Of arrays that scripts made and that are still to be reached. */
  readonly arrayBytes: number;
  /** WebAssembly memory: it never shrinks. */
  readonly heapBytes: number;
  /** Resident memory of all of the browser's renderer and GPU processes; `NaN` where the system does not tell. */
  readonly residentBytes: number;
}

/** To be called before the page is opened, in a browser that `collects`. */
export const prepareToCount = (page: Page): Promise<void> => beforeWorkers(page, hook);

export async function countHeld(page: Page, browser: Browser): Promise<Held> {
  const held = await page.evaluate(
    () =>
      new Promise<Omit<Held, 'residentBytes'>>((resolve) => {
        const channel = new BroadcastChannel('count-growth');
        channel.onmessage = ({ data }) => {
          channel.close();
          resolve(data);
        };
        channel.postMessage('count');
      }),
  );
  const system = await browser.newBrowserCDPSession();
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  await system.detach();
  const resident = processInfo
    .filter(({ type }) => /renderer|GPU/.test(type))
    .map(({ id }) => residentOf(id));
  return { ...held, residentBytes: resident.reduce((sum, bytes) => sum + bytes, 0) };
}

/** Resident memory of a process; only Linux says it. */
function residentOf(id: number): number {
  const path = `/proc/${id}/status`;
  if (!existsSync(path)) return Number.NaN;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'))?.[1]) * 1024;
}
