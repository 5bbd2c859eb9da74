/**
 * config.json of an exported folder: the model's own, without the quantization of the files it came from, and with what
 * transformers.js has to know to find the graph: its number format, and that its weights lie in one file beside it.
 */
export function folderConfig(
  config: Readonly<Record<string, unknown>>,
  dtype: string,
  graphName: string,
): Record<string, unknown> {
  const { quantization_config: _, dtype: __, torch_dtype: ___, ...rest } = config;
  const before = Object(rest['transformers.js_config']) as Record<string, unknown>;
  return {
    ...rest,
    torch_dtype: 'float32',
    'transformers.js_config': { ...before, dtype, use_external_data_format: { [graphName]: 1 } },
  };
}
