import { NextTokenError } from '@nexttoken/model';
import { bufferLimit, checkBufferSizes, checkWasmMemory, type ModelSize } from '../memory/check-size';
import { adapterName, isSoftware, type WebGpuAdapter, webGpu } from './web-gpu';

/** A device, and why it was taken. */
export interface ResolvedDevice {
  readonly device: 'wasm' | 'webgpu';
  readonly reason: string;
}

/** A model's sizes, where tensors of more bytes than a limit are split if they can be. */
export type SizeWithin = (limit: number) => ModelSize;

/**
 * The execution provider for a device by name. `auto` is WebGPU where an adapter in hardware has room for the model,
 * else WebAssembly, and says why.
 * @throws NextTokenError `device-unavailable` naming the devices that there are; `memory-limit` where the model does
 *   not fit
 */
export async function resolveDevice(device: string, sizeWithin: SizeWithin): Promise<ResolvedDevice> {
  if (device !== 'auto' && device !== 'wasm' && device !== 'webgpu')
    throw unavailable(device, 'this adapter knows no device of this name');
  const whole = sizeWithin(Number.POSITIVE_INFINITY);
  checkWasmMemory(device === 'webgpu' ? 'webgpu' : 'wasm', whole);
  if (device === 'wasm') return { device, reason: 'asked for by name' };
  const adapter = await webGpu()
    ?.requestAdapter()
    .catch(() => null);
  if (device === 'webgpu') {
    if (!adapter) throw unavailable(device, withoutAdapter());
    checkBufferSizes(adapter.limits, sizeWithin(bufferLimit(adapter.limits)));
    return { device, reason: 'asked for by name' };
  }
  const against = adapter ? reasonAgainst(adapter, sizeWithin) : withoutAdapter();
  if (against !== undefined) return { device: 'wasm', reason: `auto: ${against}` };
  return { device: 'webgpu', reason: `auto: the adapter ${adapterName(adapter?.info)}` };
}

function reasonAgainst(adapter: WebGpuAdapter, sizeWithin: SizeWithin): string | undefined {
  if (isSoftware(adapter))
    return `the WebGPU adapter (${adapterName(adapter.info)}) computes in software, which is slower than wasm`;
  try {
    checkBufferSizes(adapter.limits, sizeWithin(bufferLimit(adapter.limits)));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function withoutAdapter(): string {
  return webGpu() ? 'WebGPU has no adapter here' : 'this browser has no WebGPU in this context';
}

function unavailable(device: string, reason: string): NextTokenError {
  const available = ['wasm', ...(webGpu() ? ['webgpu'] : [])];
  return new NextTokenError(
    'device-unavailable',
    `device ${device}: ${reason}; available: ${available.join(', ')}`,
    { device, available, reason },
  );
}
