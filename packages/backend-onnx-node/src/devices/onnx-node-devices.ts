import { env, listSupportedBackends } from 'onnxruntime-node';

/** A device that may be asked for, and whether this machine's onnxruntime-node can be tried on it. */
export interface OnnxNodeDevice {
  readonly device: string;
  /** Whether the installed runtime has the provider; that there is hardware and a driver shows when a model is opened. */
  readonly supported: boolean;
  /** Why not, where `supported` is false. */
  readonly reason?: string;
}

/** Every device that this adapter knows by name, the surest first, and what a machine without it lacks. */
const known: Readonly<Record<string, string>> = {
  cpu: 'onnxruntime-node has no build for this platform',
  webgpu: 'this build of onnxruntime-node has no WebGPU provider',
  cuda: 'onnxruntime-node has CUDA for Linux and Windows on x64 only, and its libraries are a download of their own (the package’s install script)',
  dml: 'DirectML exists on Windows only',
  coreml: 'Core ML exists on macOS only',
};

/** Devices by name, and whether the installed onnxruntime-node offers them here. */
export function onnxNodeDevices(): OnnxNodeDevice[] {
  const here = new Map(listSupportedBackends().map(({ name, bundled }) => [name, bundled]));
  return Object.entries(known).map(([device, reason]) =>
    here.has(device) ? { device, supported: true } : { device, supported: false, reason },
  );
}

/** Version of the installed onnxruntime-node. */
export function nodeAddonVersion(): string {
  return env.versions.node ?? env.versions.common;
}
