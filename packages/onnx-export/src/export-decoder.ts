import type { Checkpoint } from '@nexttoken/checkpoint';
import { checkOptionNames, invalidParameter, NextTokenError } from '@nexttoken/model';
import { llama } from './families/llama';
import { GraphBuilder } from './graph/graph-builder';
import { callerCacheLayout } from './layouts/caller-cache-layout';
import type { LayoutFactory } from './layouts/decoder-layout';
import { standardFusedLayout } from './layouts/standard-fused-layout';
import { standardLayout } from './layouts/standard-layout';
import { encodeOnnxModel } from './proto/encode-onnx-model';
import { WeightPlan } from './weights/weight-plan';
import { type WeightSink, type WriteWeightsOptions, writeWeights } from './weights/write-weights';

/** Changes whenever the same checkpoint would give another file: part of every cache key. */
export const exportVersion = '2';

const layouts = {
  'caller-cache': callerCacheLayout,
  standard: standardLayout,
  'standard-fused': standardFusedLayout,
} satisfies Readonly<Record<string, LayoutFactory>>;

export interface ExportOptions {
  /** Number format of the weights; `fp32` is the only one, and the default. */
  readonly dtype?: 'fp32';
  /**
   * `caller-cache` (default): only new keys and values leave the graph; for this project's backends.
   * `standard`: `past_key_values` → `present`, as other libraries expect it, in standard operators.
   * `standard-fused`: the same with ONNX Runtime's GroupQueryAttention (head sizes in multiples of 16).
   */
  readonly layout?: keyof typeof layouts;
  /** Name of the external-data file that the graph refers to; default `weights.bin`. */
  readonly location?: string;
}

export interface ExportedDecoder {
  /** An ONNX `ModelProto`; its weights lie in the external file. */
  readonly graph: Uint8Array;
  readonly weights: {
    readonly location: string;
    readonly byteLength: number;
    /** Streams the file's content, one tensor at a time. */
    write(sink: WeightSink, options?: WriteWeightsOptions): Promise<void>;
  };
}

/**
 * Turns a checkpoint into an ONNX decoder graph, in memory: standard operators of opset 18 and, but for the
 * layout `standard`, ONNX Runtime's own (`com.microsoft`). Inputs and outputs are those of the layout.
 * Cost: the graph takes milliseconds and some hundred kilobytes; the weights are read when written.
 * @throws NextTokenError `invalid-parameter` for an unknown dtype or layout; `unsupported-option` where the
 *   layout does not fit the architecture
 */
export function exportDecoder(checkpoint: Checkpoint, options: ExportOptions = {}): ExportedDecoder {
  checkOptionNames('exportDecoder', options, ['dtype', 'layout', 'location']);
  const { dtype = 'fp32', layout = 'caller-cache', location = 'weights.bin' } = options;
  if (dtype !== 'fp32') throw invalidParameter('exportDecoder', 'dtype', dtype, "'fp32'");
  if (!Object.hasOwn(layouts, layout))
    throw invalidParameter('exportDecoder', 'layout', layout, Object.keys(layouts).join(' or '));
  const { architecture } = checkpoint;
  if (layout === 'standard-fused' && architecture.headSize % 16 !== 0)
    throw new NextTokenError(
      'unsupported-option',
      `the layout standard-fused needs a head size that is a multiple of 16, ${checkpoint.name} has ${architecture.headSize}`,
      {
        option: 'layout',
        headSize: architecture.headSize,
      },
    );
  const plan = new WeightPlan();
  const graph = new GraphBuilder(plan, location, layout === 'standard' ? 'standard' : 'onnxruntime');
  llama(graph, layouts[layout](graph, architecture), architecture);
  return {
    graph: encodeOnnxModel({
      name: checkpoint.name,
      producer: '@nexttoken/onnx-export',
      operatorSets: [
        { domain: '', version: 18 },
        ...(graph.operators === 'onnxruntime' ? [{ domain: 'com.microsoft', version: 1 }] : []),
      ],
      inputs: graph.inputs,
      outputs: graph.outputs,
      nodes: graph.nodes,
      initializers: graph.initializers,
      metadata: { 'nexttoken.layout': layout, 'nexttoken.export': exportVersion },
    }),
    weights: {
      location,
      byteLength: plan.byteLength,
      write: (sink, writeOptions) => writeWeights(checkpoint, plan, sink, writeOptions),
    },
  };
}
