import { NextTokenError } from '@nexttoken/model';
import { onnxNodeDevices } from './onnx-node-devices';

/**
 * The execution provider for a device by name; `auto` is `cpu`.
 * @throws NextTokenError `device-unavailable` naming the devices that there are
 */
export function resolveDevice(device: string): string {
  if (device === 'auto') return 'cpu';
  const devices = onnxNodeDevices();
  const found = devices.find((entry) => entry.device === device);
  if (found?.supported) return device;
  const available = devices.filter((entry) => entry.supported).map((entry) => entry.device);
  const reason = found?.reason ?? 'onnxruntime-node does not offer it on this machine';
  throw new NextTokenError(
    'device-unavailable',
    `device ${device}: ${reason}; available: ${available.join(', ')}`,
    {
      device,
      available,
      reason,
    },
  );
}
