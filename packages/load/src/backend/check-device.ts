import { NextTokenError } from '@nexttoken/model';

/**
 * Refuses a device before any work is done for it.
 * @param devices what the backend says it has
 * @throws NextTokenError `device-unavailable` that names those that work
 */
export function checkDevice(
  device: string,
  devices: readonly { readonly device: string; readonly supported: boolean; readonly reason?: string }[],
): void {
  const found = devices.find((entry) => entry.device === device);
  if (device === 'auto' || found?.supported) return;
  const available = ['auto', ...devices.filter((entry) => entry.supported).map((entry) => entry.device)];
  const reason = found?.reason ?? 'there is none of this name';
  const message = `device ${JSON.stringify(device)}: ${reason}; available: ${available.join(', ')}`;
  throw new NextTokenError('device-unavailable', message, { device, available, reason });
}
