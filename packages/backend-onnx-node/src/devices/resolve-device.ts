import { NextTokenError } from '@nexttoken/model';
import { onnxNodeDevices } from './onnx-node-devices';

/** A device, and why it was taken. */
export interface ResolvedDevice {
  readonly device: string;
  readonly reason: string;
}

/**
 * The execution provider for a device by name; `auto` is `cpu`, and says what else there would be.
 * @throws NextTokenError `device-unavailable` naming the devices that there are
 */
export function resolveDevice(device: string): ResolvedDevice {
  const devices = onnxNodeDevices();
  const available = devices.filter((entry) => entry.supported).map((entry) => entry.device);
  if (device === 'auto') {
    const others = available.filter((name) => name !== 'cpu');
    const offered = others.length > 0 ? `; to be asked for by name here: ${others.join(', ')}` : '';
    return { device: 'cpu', reason: `auto takes cpu, the one provider measured on real hardware${offered}` };
  }
  const found = devices.find((entry) => entry.device === device);
  if (found?.supported) return { device, reason: 'asked for by name' };
  const reason = found?.reason ?? 'this adapter knows no device of this name';
  throw new NextTokenError(
    'device-unavailable',
    `device ${device}: ${reason}; available: ${available.join(', ')}`,
    { device, available, reason },
  );
}
