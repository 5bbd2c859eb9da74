import { NextTokenError } from '@nexttoken/model';

/** Devices that this adapter runs on. */
const available = ['wasm'];

/**
 * The execution provider for a device by name; `auto` is `wasm`.
 * @throws NextTokenError `device-unavailable` naming the devices that there are
 */
export function resolveDevice(device: string): 'wasm' {
  if (device === 'auto' || device === 'wasm') return 'wasm';
  const reason = 'this version of the adapter runs on wasm only';
  throw new NextTokenError(
    'device-unavailable',
    `device ${device}: ${reason}; available: ${available.join(', ')}`,
    { device, available, reason },
  );
}
