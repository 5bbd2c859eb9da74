import { NextTokenError } from '@nexttoken/model';

/** How large a model is, told before anything of it is fetched or built. */
export interface ModelSize {
  /** Bytes of all weights as they run. */
  readonly weightBytes: number;
  /** The largest tensor, which needs a buffer in one piece. */
  readonly largest: { readonly name: string; readonly byteLength: number };
}

/** What WebAssembly can address. */
const wasmLimit = 4 * 2 ** 30;

/** How often weights are in the wasm heap at the worst moment of loading: as read, as parsed, as packed. */
const copiesWhileLoading = { wasm: 3, webgpu: 1 } as const;

/**
 * Refuses weights that cannot be loaded into WebAssembly's memory.
 * @throws NextTokenError `memory-limit`
 */
export function checkWasmMemory(device: 'wasm' | 'webgpu', { weightBytes }: ModelSize): void {
  const copies = copiesWhileLoading[device];
  const needed = copies * weightBytes;
  if (needed <= wasmLimit) return;
  const help =
    device === 'wasm'
      ? 'weights in fewer bits (a quarter of the size with 8), device webgpu, or a smaller model'
      : 'weights in fewer bits, or a smaller model';
  throw new NextTokenError(
    'memory-limit',
    `device ${device}: weights of ${megabytes(weightBytes)} count ${copies} times while they load, WebAssembly addresses ${megabytes(wasmLimit)}; what would help: ${help}`,
    { device, needed, limit: wasmLimit, runtime: 'onnxruntime-web', help },
  );
}

const limitNames = ['maxBufferSize', 'maxStorageBufferBindingSize'] as const;

/** The most bytes of one tensor on a WebGPU adapter. @param limits of the adapter */
export function bufferLimit(limits: Readonly<Record<string, number>>): number {
  return Math.min(...limitNames.map((name) => limits[name] ?? Number.POSITIVE_INFINITY));
}

/**
 * Refuses a tensor for which a WebGPU adapter has no buffer.
 * @param limits of the adapter
 * @throws NextTokenError `memory-limit` that names the tensor
 */
export function checkBufferSizes(
  limits: Readonly<Record<string, number>>,
  { largest: { name, byteLength } }: ModelSize,
): void {
  for (const limit of limitNames) {
    const most = limits[limit];
    if (most === undefined || byteLength <= most) continue;
    const help = 'weights in fewer bits, or device wasm';
    throw new NextTokenError(
      'memory-limit',
      `device webgpu: the tensor ${name} has ${megabytes(byteLength)}, this adapter's ${limit} is ${megabytes(most)}; what would help: ${help}`,
      { device: 'webgpu', needed: byteLength, limit: most, runtime: 'onnxruntime-web', tensor: name, help },
    );
  }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
