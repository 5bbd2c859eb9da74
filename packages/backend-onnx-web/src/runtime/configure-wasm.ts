import { NextTokenError } from '@nexttoken/model';
import type { WebRuntime } from './load-runtime';
import type { RuntimeBuild } from './runtime-build';

/**
 * Where the runtime's files are, when the bundler does not find them by itself: a URL that they all begin with
 * (`/wasm/`), or one URL each.
 */
export type WasmPaths = string | { readonly mjs?: string | undefined; readonly wasm?: string | undefined };

const mostThreads = 4;

/** By build: each has a runtime of its own. */
const configured = new Map<RuntimeBuild, string>();

export interface WasmSettings {
  readonly build: RuntimeBuild;
  readonly wasmPaths?: WasmPaths | undefined;
  readonly threads?: number | undefined;
}

/** How many threads the runtime may use here: half the cores, at most four; one without cross-origin isolation. */
function defaultThreads(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.min(mostThreads, Math.max(1, Math.ceil((globalThis.navigator?.hardwareConcurrency ?? 1) / 2)));
}

/**
 * Sets the runtime up, once in each thread: it reads its settings when its first model is opened.
 * @returns how many threads it runs
 * @throws NextTokenError `unsupported-option` for more than one thread without cross-origin isolation, and when a
 *   second model in the same thread wants other settings
 */
export function configureWasm(
  env: WebRuntime['env'],
  { build, wasmPaths, threads = defaultThreads() }: WasmSettings,
): number {
  if (threads > 1 && !globalThis.crossOriginIsolated)
    throw new NextTokenError(
      'unsupported-option',
      `threads: ${threads} threads need a page with cross-origin isolation (COOP and COEP headers)`,
      { option: 'threads' },
    );
  const wanted = JSON.stringify({ wasmPaths, threads });
  const before = configured.get(build);
  if (before !== undefined && before !== wanted)
    throw new NextTokenError(
      'unsupported-option',
      `the runtime of this thread was started with ${before}, it cannot change to ${wanted}`,
      { option: 'wasmPaths, threads' },
    );
  if (before === undefined) {
    configured.set(build, wanted);
    env.wasm.numThreads = threads;
    if (typeof wasmPaths === 'string') env.wasm.wasmPaths = wasmPaths;
    else if (wasmPaths)
      env.wasm.wasmPaths = {
        ...(wasmPaths.mjs !== undefined && { mjs: wasmPaths.mjs }),
        ...(wasmPaths.wasm !== undefined && { wasm: wasmPaths.wasm }),
      };
  }
  return threads;
}
