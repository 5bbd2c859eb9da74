import { type Browser, chromium } from 'playwright-core';

/**
 * Starts a headless browser with a profile of its own that talks to nobody but the pages it is given.
 * @param webgpu whether it has WebGPU, computed in software; default no
 */
export function openBrowser(
  executablePath: string,
  { webgpu = false }: { readonly webgpu?: boolean } = {},
): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      ...(webgpu
        ? ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--use-angle=swiftshader']
        : ['--disable-gpu']),
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
