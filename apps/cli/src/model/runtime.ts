import { env } from 'onnxruntime-node';

export { onnxNodeDevices } from '@nexttoken/backend-onnx-node';

/** Version of the installed onnxruntime-node. */
export function runtimeVersion(): string {
  return env.versions.node ?? env.versions.common;
}
