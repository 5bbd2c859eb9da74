import type { Checkpoint } from '@nexttoken/checkpoint';
import { checkOptionNames, invalidParameter, NextTokenError } from '@nexttoken/model';
import { type ExportedDecoder, exportDecoder } from '../export-decoder';
import type { WeightPrecision } from '../weights/weight-dtype';
import { folderConfig } from './folder-config';
import { genaiConfig } from './genai-config';

/** Number formats of an exported folder, as transformers.js names them. */
export type FolderDtype = 'fp32' | 'fp16' | 'q8' | 'q4';

/** What transformers.js puts behind `model` in the name of a graph. */
const suffixes: Readonly<Record<FolderDtype, string>> = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  q4: '_q4',
};

/** The number formats that a folder can have. */
export const folderDtypes: readonly FolderDtype[] = Object.keys(suffixes) as FolderDtype[];

export interface OnnxFolderOptions {
  /** Number format of the weights; default `fp32`. */
  readonly dtype?: FolderDtype;
  /** As of `exportDecoder`. */
  readonly precision?: WeightPrecision;
  /** config.json of the model, parsed; it is written again with what transformers.js has to know. */
  readonly config: Readonly<Record<string, unknown>>;
  /** generation_config.json, parsed: its ids of special tokens come first. */
  readonly generationConfig?: Readonly<Record<string, unknown>> | undefined;
}

/** The files of a folder that transformers.js and onnxruntime-genai load, but for those of the tokenizer. */
export interface OnnxFolder {
  readonly layout: 'standard-fused' | 'standard';
  readonly description: ExportedDecoder['description'];
  /** Complete files, by their paths in the folder: the graph, config.json, genai_config.json. */
  readonly files: readonly { readonly path: string; readonly content: Uint8Array }[];
  /** The file of the weights, to be streamed: `onnx/model_q4.onnx_data`. */
  readonly weights: ExportedDecoder['weights'] & { readonly path: string };
}

/**
 * Plans a folder with a decoder in the ecosystem's convention: `onnx/model_q4.onnx` (standard inputs and outputs, static
 * head size), its weights as external data under the name that transformers.js looks for, `config.json` that tells it so,
 * and `genai_config.json` for onnxruntime-genai. Attention is ONNX Runtime's GroupQueryAttention where the model allows
 * it, else standard operators.
 * Cost: milliseconds; the weights are read when they are written, one tensor at a time.
 * @throws NextTokenError `invalid-parameter`; what `exportDecoder` throws
 */
export function onnxFolder(checkpoint: Checkpoint, options: OnnxFolderOptions): OnnxFolder {
  checkOptionNames('onnxFolder', options, ['dtype', 'precision', 'config', 'generationConfig']);
  const { dtype = 'fp32', precision, config, generationConfig } = options;
  if (!folderDtypes.includes(dtype))
    throw invalidParameter('onnxFolder', 'dtype', dtype, folderDtypes.join(', '));
  const graphName = `model${suffixes[dtype]}.onnx`;
  const { layout, exported } = exportStandard(checkpoint, {
    dtype,
    location: `${graphName}_data`,
    ...(precision && { precision }),
  });
  const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
  const graphPath = `onnx/${graphName}`;
  return {
    layout,
    description: exported.description,
    files: [
      { path: graphPath, content: exported.graph },
      { path: 'config.json', content: json(folderConfig(config, dtype, graphName)) },
      {
        path: 'genai_config.json',
        content: json(genaiConfig(checkpoint.architecture, graphPath, { ...config, ...generationConfig })),
      },
    ],
    weights: { ...exported.weights, path: `onnx/${exported.weights.location}` },
  };
}

/** Fused attention where the operator takes the model, else standard operators. */
function exportStandard(checkpoint: Checkpoint, options: Parameters<typeof exportDecoder>[1]) {
  try {
    const layout = 'standard-fused' as const;
    return { layout, exported: exportDecoder(checkpoint, { ...options, layout }) };
  } catch (error) {
    const isLayout = NextTokenError.isInstance(error) && error.details.option === 'layout';
    if (!isLayout) throw error;
    const layout = 'standard' as const;
    return { layout, exported: exportDecoder(checkpoint, { ...options, layout }) };
  }
}
