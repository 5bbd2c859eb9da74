import type { Checkpoint } from '@nexttoken/checkpoint';
import { checkOptionNames, invalidParameter, NextTokenError } from '@nexttoken/model';
import { decoder } from './families/decoder';
import { GraphBuilder } from './graph/graph-builder';
import { callerCacheLayout } from './layouts/caller-cache-layout';
import type { LayoutFactory } from './layouts/decoder-layout';
import { standardFusedLayout } from './layouts/standard-fused-layout';
import { standardLayout } from './layouts/standard-layout';
import { encodeOnnxModel } from './proto/encode-onnx-model';
import { checkTail, type GraphTail, withTail } from './tails/graph-tail';
import { TapSelection } from './taps/tap-selection';
import type { WeightDtype, WeightPrecision } from './weights/weight-dtype';
import { weightSettings } from './weights/weight-settings';
import { WeightSource } from './weights/weight-source';
import { type WeightSink, type WriteWeightsOptions, writeWeights } from './weights/write-weights';

/** Changes whenever the same checkpoint would give another file: part of every cache key. */
export const exportVersion = '6';

const optionNames = Object.keys({
  dtype: 0,
  precision: 0,
  rounding: 0,
  offsets: 0,
  layout: 0,
  location: 0,
  taps: 0,
  tail: 0,
} satisfies Record<keyof ExportOptions, 0>);

const layouts = {
  'caller-cache': callerCacheLayout,
  standard: standardLayout,
  'standard-fused': standardFusedLayout,
} satisfies Readonly<Record<string, LayoutFactory>>;

export interface ExportOptions {
  /** Number format of the weights; default `fp32`. */
  readonly dtype?: WeightDtype;
  /**
   * What products may do with their activations; default `exact`, for `int8` `fast`. Only `q4` and `q8` have both:
   * `exact` keeps 24 bits of the activations, as float32 does; `fast` keeps 8 or 16 where that does little harm.
   */
  readonly precision?: WeightPrecision;
  /** How numbers that are stored in more bits become `q4` or `q8`; default `symmetric`. */
  readonly rounding?: 'symmetric' | 'asymmetric';
  /**
   * What becomes of the offsets of stored 4-bit blocks (Q4_1, Q4_K): `columns` of their matrix, rounded to 16 bits where
   * `precision` is `exact` and to 12 or less where it is `fast`, which is quicker on the cpu; or a `product` of their own in
   * float32, which rows of fewer than 16 blocks keep. Default: `columns` in the layout `caller-cache`, else `product`.
   */
  readonly offsets?: 'columns' | 'product';
  /**
   * `caller-cache` (default): only new keys and values leave the graph; for this project's backends.
   * `standard`: `past_key_values` → `present`, as other libraries expect it, in standard operators.
   * `standard-fused`: the same with ONNX Runtime's GroupQueryAttention (head sizes in multiples of 8).
   */
  readonly layout?: keyof typeof layouts;
  /** Name of the external-data file that the graph refers to; default `weights.bin`. */
  readonly location?: string;
  /**
   * Values that come out as further float32 outputs, by TransformerLens's names, in which `*` stands for any text:
   * `blocks.*.attn.hook_pattern`, `blocks.3.hook_resid_post`, `hook_embed`. Default: none. An output costs nothing but
   * its memory while nobody fetches it.
   */
  readonly taps?: readonly string[];
  /** What happens to the logits inside the graph; default: nothing. */
  readonly tail?: GraphTail;
}

export interface ExportedDecoder {
  /** An ONNX `ModelProto`; its weights lie in the external file. */
  readonly graph: Uint8Array;
  /** What was made: the settings as they took effect, and how many matrices run in which format, in words. */
  readonly description: {
    readonly dtype: WeightDtype;
    readonly precision: WeightPrecision;
    readonly matrices: Readonly<Record<string, number>>;
    readonly taps: readonly string[];
  };
  readonly weights: {
    readonly location: string;
    readonly byteLength: number;
    /** Streams the file's content, one tensor at a time. */
    write(sink: WeightSink, options?: WriteWeightsOptions): Promise<void>;
  };
}

/**
 * Turns a checkpoint into an ONNX decoder graph, in memory: standard operators of opset 18 and, but for the
 * layout `standard` in `fp32`, `fp16` and `int8`, ONNX Runtime's own (`com.microsoft`). Inputs and outputs are
 * those of the layout. Any dtype goes with any layout.
 * Cost: the graph takes milliseconds and some hundred kilobytes; the weights are read when written.
 * @throws NextTokenError `invalid-parameter` for an unknown dtype or layout; `unsupported-option` where the
 *   layout does not fit the architecture or the precision the dtype; `unknown-tap`
 */
export function exportDecoder(checkpoint: Checkpoint, options: ExportOptions = {}): ExportedDecoder {
  checkOptionNames('exportDecoder', options, optionNames);
  const { layout = 'caller-cache', location = 'weights.bin', tail = {} } = options;
  const settings = weightSettings('exportDecoder', options);
  const { offsets = layout === 'caller-cache' ? 'columns' : 'product' } = options;
  if (offsets !== 'columns' && offsets !== 'product')
    throw invalidParameter('exportDecoder', 'offsets', offsets, 'columns or product');
  if (!Object.hasOwn(layouts, layout))
    throw invalidParameter('exportDecoder', 'layout', layout, Object.keys(layouts).join(' or '));
  const { architecture } = checkpoint;
  if (layout === 'standard-fused' && architecture.headSize % 8 !== 0)
    throw new NextTokenError(
      'unsupported-option',
      `the layout standard-fused needs a head size that is a multiple of 8, ${checkpoint.name} has ${architecture.headSize}`,
      {
        option: 'layout',
        headSize: architecture.headSize,
      },
    );
  checkTail(tail, layout, architecture.vocabSize);
  const source = new WeightSource(checkpoint, {
    ...settings,
    offsetColumns: offsets === 'columns',
    inPieces: layout === 'caller-cache',
    layerCount: architecture.layerCount,
  });
  const graph = new GraphBuilder(
    source,
    location,
    layout === 'standard' ? 'standard' : 'onnxruntime',
    new TapSelection(options.taps),
  );
  const { vocabSize } = architecture;
  decoder(graph, withTail(graph, layouts[layout](graph, architecture), tail, vocabSize), architecture);
  graph.taps.check();
  const { dtype, precision } = settings;
  return {
    graph: encodeOnnxModel({
      name: checkpoint.name,
      producer: '@nexttoken/onnx-export',
      operatorSets: [
        { domain: '', version: 18 },
        ...(graph.nodes.some(({ domain }) => domain !== '') ? [{ domain: 'com.microsoft', version: 1 }] : []),
      ],
      inputs: graph.inputs,
      outputs: graph.outputs,
      nodes: graph.nodes,
      initializers: graph.usedInitializers,
      metadata: {
        'nexttoken.layout': layout,
        'nexttoken.export': exportVersion,
        'nexttoken.dtype': dtype,
        'nexttoken.precision': precision,
      },
    }),
    description: { dtype, precision, matrices: source.formats, taps: graph.taps.taken },
    weights: {
      location,
      byteLength: source.plan.byteLength,
      write: (sink, writeOptions) => writeWeights(checkpoint, source.plan, sink, writeOptions),
    },
  };
}
