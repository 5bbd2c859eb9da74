import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const icd = 'vk_swiftshader_icd.json';

/** Folders of browsers, which carry a Vulkan driver in software with them. */
function browserFolders(): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
  const inPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const browsers = [process.env.CHROMIUM_PATH ?? '', ...inPath].filter((path) => path && existsSync(path));
  const usual = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];
  return [...browsers.map((path) => dirname(realpathSync(path))), ...usual];
}

/** Keeps a library in the process that nothing has asked for yet; the loader then finds it by its name. */
function preload(library: string): void {
  const neverUnload = 0x1000;
  const now = 2;
  try {
    process.dlopen({ exports: {} }, library, now | neverUnload);
  } catch {
    // It is no Node addon, and says so after it was loaded.
  }
}

/**
 * Makes WebGPU in this process use Vulkan in software, as a browser brings it, or the driver that `VK_ICD_FILENAMES`
 * already names. To be called before the runtime first looks for a device.
 * @returns why there is none, or `undefined`
 */
export function useSoftwareVulkan(): string | undefined {
  if (process.platform !== 'linux') return 'the software driver is looked for on Linux only';
  if (process.env.VK_ICD_FILENAMES) return undefined;
  const folder = browserFolders().find((path) => existsSync(join(path, icd)));
  if (!folder) return `no ${icd} beside a Chromium; set CHROMIUM_PATH or VK_ICD_FILENAMES`;
  process.env.VK_ICD_FILENAMES = join(folder, icd);
  const loader = join(folder, 'libvulkan.so.1');
  if (existsSync(loader)) preload(loader);
  return undefined;
}
