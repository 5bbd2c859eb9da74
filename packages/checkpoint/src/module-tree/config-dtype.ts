/** What config.json calls dtypes, and what safetensors calls them with their bytes. */
const names: ReadonlyMap<unknown, readonly [dtype: string, bytes: number]> = new Map([
  ['float32', ['F32', 4]],
  ['float16', ['F16', 2]],
  ['bfloat16', ['BF16', 2]],
  ['float64', ['F64', 8]],
]);

/** The dtype that a config names (`dtype`, before `torch_dtype`), or `undefined`. */
export function configDtype(
  config: Readonly<Record<string, unknown>>,
): readonly [dtype: string, bytes: number] | undefined {
  return names.get(config.dtype ?? config.torch_dtype);
}
