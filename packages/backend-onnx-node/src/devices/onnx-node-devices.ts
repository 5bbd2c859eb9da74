import { env, listSupportedBackends } from 'onnxruntime-node';

/** A device of this machine's onnxruntime-node, and whether this adapter runs on it. */
export interface OnnxNodeDevice {
  readonly device: string;
  readonly supported: boolean;
  /** Why not, where `supported` is false. */
  readonly reason?: string;
}

/** Devices that the installed onnxruntime-node was built for. */
export function onnxNodeDevices(): OnnxNodeDevice[] {
  return listSupportedBackends().map(({ name }) =>
    name === 'cpu'
      ? { device: name, supported: true }
      : { device: name, supported: false, reason: 'this version of the adapter runs on cpu only' },
  );
}

/** Version of the installed onnxruntime-node. */
export function nodeAddonVersion(): string {
  return env.versions.node ?? env.versions.common;
}
