import { type Browser, chromium } from 'playwright-core';

const webgpuArguments = {
  software: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--use-angle=swiftshader'],
  hardware: ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-angle=vulkan'],
} as const;

/**
 * Starts a headless browser with a profile of its own that talks to nobody but the pages it is given.
 * @param webgpu whether it has WebGPU, computed in software (`true`) or by the machine's GPU; default no
 * @param collects whether pages and workers have a function `gc`; default no
 */
export function openBrowser(
  executablePath: string,
  {
    webgpu = false,
    collects = false,
  }: { readonly webgpu?: boolean | keyof typeof webgpuArguments; readonly collects?: boolean } = {},
): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      ...(webgpu ? webgpuArguments[webgpu === true ? 'software' : webgpu] : ['--disable-gpu']),
      ...(collects ? ['--js-flags=--expose-gc'] : []),
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
