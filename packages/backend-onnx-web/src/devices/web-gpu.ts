/** As much of WebGPU as this package touches; the DOM's own types do not have it yet. */
export interface WebGpu {
  requestAdapter(): Promise<WebGpuAdapter | null>;
}

export interface WebGpuAdapter {
  readonly features: ReadonlySet<string>;
  readonly limits: Readonly<Record<string, number>>;
  readonly info?: {
    readonly vendor: string;
    readonly architecture: string;
    readonly isFallbackAdapter?: boolean;
  };
  requestDevice(descriptor: {
    readonly requiredFeatures: readonly string[];
    readonly requiredLimits: Readonly<Record<string, number>>;
  }): Promise<WebGpuDevice>;
}

export interface WebGpuDevice {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  createBuffer(descriptor: { readonly size: number; readonly usage: number }): WebGpuBuffer;
  destroy(): void;
}

interface WebGpuBuffer {
  mapAsync(mode: number): Promise<void>;
  destroy(): void;
}

/** The browser's WebGPU, where it has it. */
export function webGpu(): WebGpu | undefined {
  return (globalThis.navigator as { readonly gpu?: WebGpu } | undefined)?.gpu;
}

const features = ['shader-f16', 'subgroups'];
const limits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBuffersPerShaderStage',
];

/** A device with all that its adapter has and the runtime can use. */
export async function newDevice(adapter: WebGpuAdapter): Promise<WebGpuDevice> {
  const known = limits.filter((name) => adapter.limits[name] !== undefined);
  return adapter.requestDevice({
    requiredFeatures: features.filter((name) => adapter.features.has(name)),
    requiredLimits: Object.fromEntries(known.map((name) => [name, adapter.limits[name]!])),
  });
}

const [mapRead, copyTarget, readMode] = [1, 8, 1];

/** Whether a device still answers: on a lost one no buffer can be mapped. */
export async function isWorking(device: WebGpuDevice): Promise<boolean> {
  const buffer = device.createBuffer({ size: 4, usage: mapRead | copyTarget });
  const works = await buffer.mapAsync(readMode).then(
    () => true,
    () => false,
  );
  buffer.destroy();
  return works;
}

/** Whether an adapter computes in software: correct, but slower than WebAssembly. */
export function isSoftware({ info }: WebGpuAdapter): boolean {
  return (
    info?.isFallbackAdapter === true || /swiftshader|llvmpipe|software|basic render/i.test(adapterName(info))
  );
}

export function adapterName(info: WebGpuAdapter['info']): string {
  return [info?.vendor, info?.architecture].filter(Boolean).join(' ') || 'unnamed';
}
