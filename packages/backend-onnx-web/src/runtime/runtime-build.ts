/**
 * onnxruntime-web's builds: `wasm` has no WebGPU and is the smallest; `jspi` and `asyncify` have, and differ in how
 * they wait for the GPU. JSPI is a feature of the browser and much the smaller of the two.
 */
export type RuntimeBuild = 'wasm' | 'jspi' | 'asyncify';

/** The smallest build that runs a device in this browser. */
export function chooseBuild(device: 'wasm' | 'webgpu'): RuntimeBuild {
  if (device === 'wasm') return 'wasm';
  return 'Suspending' in WebAssembly ? 'jspi' : 'asyncify';
}
