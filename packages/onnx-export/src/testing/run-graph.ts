import type { Checkpoint } from '@nexttoken/checkpoint';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { GraphBuilder } from '../graph/graph-builder';
import { encodeOnnxModel } from '../proto/encode-onnx-model';
import type { FormatSettings } from '../weights/choose-format';
import { WeightSource } from '../weights/weight-source';
import { writeWeights } from '../weights/write-weights';

export interface RunInput {
  readonly data: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/**
 * Builds a graph with one input `x` and one output, and runs it in onnxruntime-node.
 * @param build from the input's name to the output's
 */
export async function runGraph(
  checkpoint: Checkpoint,
  settings: Partial<FormatSettings>,
  input: RunInput,
  build: (graph: GraphBuilder, x: string) => string,
): Promise<{ readonly data: Float32Array; readonly formats: Readonly<Record<string, number>> }> {
  const source = new WeightSource(checkpoint, {
    dtype: 'fp32',
    precision: 'exact',
    rounding: 'symmetric',
    layerCount: 3,
    ...settings,
  });
  const graph = new GraphBuilder(source, 'weights.bin');
  const type = input.data instanceof Float32Array ? 'float32' : 'int32';
  const dimensions = input.shape.map((size, axis) => (axis === 0 ? 'rows' : size));
  const output = graph.rename(build(graph, graph.input({ name: 'x', type, shape: dimensions })), 'y');
  graph.output({ name: output, type: 'float32', shape: ['rows', 'columns'] });
  const { inputs, outputs, nodes, initializers } = graph;
  const model = encodeOnnxModel({
    name: 'test',
    producer: 'test',
    operatorSets: [
      { domain: '', version: 18 },
      { domain: 'com.microsoft', version: 1 },
    ],
    ...{ inputs, outputs, nodes, initializers, metadata: {} },
  });
  const data = new Uint8Array(source.plan.byteLength);
  await writeWeights(checkpoint, source.plan, async (chunk, offset) => data.set(chunk, offset));
  const session = await InferenceSession.create(model, {
    externalData: [{ path: 'weights.bin', data }],
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
  } as InferenceSession.SessionOptions);
  const tensor =
    input.data instanceof Float32Array
      ? new Tensor('float32', input.data, input.shape)
      : new Tensor('int32', input.data, input.shape);
  const { y } = await session.run({ x: tensor });
  await session.release();
  return { data: y!.data as Float32Array, formats: source.formats };
}
