import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringBrowser, findBrowser, openBrowser, servePage } from '@nexttoken/backend-onnx-web/testing';
import type { Engine, EngineFiles } from './engine';
import type { WrittenModel } from './engine-files';

export interface PageEngines {
  /** The browser's name and version. */
  readonly version: string;
  open(name: string, model: WrittenModel, more: Pick<EngineFiles, 'device' | 'threads'>): Promise<Engine>;
  close(): Promise<void>;
}

/** A dependency of transformers.js, in a version of its own. */
const runtimePackage = 'onnxruntime-web';

/** The files of the runtime that transformers.js brings with it, as the page asks for them. */
function transformersRuntime(): [string, string][] {
  const require = createRequire(createRequire(import.meta.url).resolve('@huggingface/transformers'));
  const folder = dirname(require.resolve(runtimePackage));
  return readdirSync(folder)
    .filter((name) => name.startsWith('ort-wasm-simd-threaded.asyncify'))
    .map((name) => [`/transformers-runtime/${name}`, join(folder, name)]);
}

/**
 * Opens engines in pages of one headless Chromium, each in a browser context and so a process of its own. Pages are
 * cross-origin isolated: threads are there for all.
 * @returns nothing where there is no browser
 */
export async function pageEngines({
  webgpu,
}: {
  readonly webgpu: false | 'software' | 'hardware';
}): Promise<PageEngines | undefined> {
  await bringBrowser();
  const executablePath = findBrowser();
  if (!executablePath) return undefined;
  const files = new Map<string, string>(transformersRuntime());
  const { url, server } = await servePage(files, {
    isolated: true,
    root: fileURLToPath(new URL('./page/', import.meta.url)),
  });
  const browser = await openBrowser(executablePath, { webgpu });
  const system = await browser.newBrowserCDPSession();
  const renderers = async () => {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  };
  return {
    version: `Chromium ${browser.version()}`,
    async open(name, { folder, ...model }, more) {
      const place = `/models/${name}`;
      for (const file of readdirSync(folder, { recursive: true }) as string[])
        if (/\.\w+$/.test(file)) files.set(`${place}/${file.replaceAll('\\', '/')}`, join(folder, file));
      const before = await renderers();
      const page = await (await browser.newContext()).newPage();
      page.on('pageerror', (error) => console.error(`${name}: ${error}`));
      // tsx marks functions with their names; what it compiled is sent to the page without that helper.
      await page.addInitScript('globalThis.__name = (each) => each');
      await page.goto(url);
      await page.waitForFunction(() => 'enginePage' in globalThis);
      const own = (await renderers()).filter((id) => !before.includes(id));
      const description = await page.evaluate((given) => enginePage.open(given), {
        ...model,
        place,
        ...more,
      });
      return {
        name,
        description,
        prefill: (prompt) => page.evaluate((ids) => enginePage.prefill(ids), prompt),
        decode: (request) => page.evaluate((given) => enginePage.decode(given), request),
        peakMegabytes: async () => Math.max(...own.map(peakOf)),
        cpuMilliseconds: async () => own.reduce((sum, id) => sum + cpuOf(id), 0),
        close: () => page.context().close(),
      };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** The most memory that a process has held, in MB; only Linux says it. Renderers that were kept in reserve may be gone. */
function peakOf(id: number): number {
  const path = `/proc/${id}/status`;
  if (!existsSync(path)) return Number.NEGATIVE_INFINITY;
  const status = readFileSync(path, 'utf8');
  return (Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / 1e6;
}

/** User and system time of a process, which Linux counts in hundredths of a second. */
function cpuOf(id: number): number {
  const path = `/proc/${id}/stat`;
  if (!existsSync(path)) return 0;
  const [user, system] = readFileSync(path, 'utf8').split(') ')[1]!.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}
