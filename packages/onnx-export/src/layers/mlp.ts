import type { Architecture } from '@nexttoken/checkpoint';
import type { DecoderFamily } from '../families/decoder-family';
import type { GraphBuilder } from '../graph/graph-builder';
import { activation } from './activation';
import { linear } from './linear';

export interface MlpOptions {
  readonly architecture: Architecture;
  readonly family: DecoderFamily;
  /** Checkpoint name of the layer, e.g. `model.layers.3`. */
  readonly prefix: string;
  /** TransformerLens's name of the layer, e.g. `blocks.3`. */
  readonly block: string;
}

/** The feed-forward part: down(activation(up(x))), or down(activation(gate(x)) · up(x)) (Shazeer 2020, arXiv:2002.05202). */
export function mlp(graph: GraphBuilder, x: string, options: MlpOptions): string {
  const { architecture, family, prefix, block } = options;
  const { hiddenSize, intermediateSize } = architecture;
  const wide = ['positions', intermediateSize];
  const values = widened(graph, x, options);
  const gate = activation(graph, values.gate, architecture.activation);
  graph.tap(`${block}.mlp.hook_pre`, values.gate, wide);
  if (values.up !== undefined) graph.tap(`${block}.mlp.hook_pre_linear`, values.up, wide);
  const product = values.up === undefined ? gate : graph.node('Mul', [gate, values.up]);
  graph.tap(`${block}.mlp.hook_post`, product, wide);
  return linear(graph, product, {
    modules: [{ module: `${prefix}.${family.mlp.down}`, transposed: family.transposed === true }],
    outputSizes: [hiddenSize],
    inputSize: intermediateSize,
    bias: architecture.mlpBias,
  });
}

/** What goes through the activation, and what it is multiplied with. Gate and up are one product where that is cheap. */
function widened(
  graph: GraphBuilder,
  x: string,
  { architecture, family, prefix }: MlpOptions,
): { readonly gate: string; readonly up?: string } {
  const { hiddenSize, intermediateSize, mlpBias } = architecture;
  const project = (modules: readonly string[], outputSize: number) =>
    linear(graph, x, {
      modules: modules.map((name) => ({
        module: `${prefix}.${name}`,
        transposed: family.transposed === true,
      })),
      outputSizes: modules.map(() => outputSize),
      inputSize: hiddenSize,
      bias: mlpBias,
    });
  const split = (joined: string) => {
    const [gate, up] = graph.nodeOutputs(
      'Split',
      [joined, graph.int64([intermediateSize, intermediateSize])],
      { attributes: { axis: -1 }, outputs: 2 },
    ) as [string, string];
    return { gate, up };
  };
  const modules = family.mlp;
  if ('gateUp' in modules) return split(project([modules.gateUp], 2 * intermediateSize));
  if (!('gate' in modules)) return { gate: project([modules.up], intermediateSize) };
  if (graph.operators === 'standard')
    return {
      gate: project([modules.gate], intermediateSize),
      up: project([modules.up], intermediateSize),
    };
  return split(project([modules.gate, modules.up], intermediateSize));
}
