/** Number formats of ready-made ONNX files in order of preference, and the endings of their names. */
export const onnxFileEndings: ReadonlyMap<string, readonly string[]> = new Map([
  ['fp32', ['', '_fp32']],
  ['fp16', ['_fp16']],
  ['int8', ['_quantized', '_int8']],
  ['uint8', ['_uint8']],
  ['q4', ['_q4']],
  ['q4f16', ['_q4f16']],
  ['bnb4', ['_bnb4']],
]);

/** The number format that a file's name tells; `fp32` for a plain `model.onnx` and for any other name. */
export function onnxDtype(fileName: string): string {
  const base = fileName.replace(/\.onnx$/i, '');
  for (const [dtype, endings] of onnxFileEndings) {
    if (endings.some((ending) => ending !== '' && base.endsWith(ending))) return dtype;
  }
  return 'fp32';
}

/** The model files among the names of a folder, by number format, in order of preference. */
export function onnxModelFiles(fileNames: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [dtype, endings] of onnxFileEndings) {
    const file = endings.map((ending) => `model${ending}.onnx`).find((name) => fileNames.includes(name));
    if (file !== undefined) files.set(dtype, file);
  }
  return files;
}
