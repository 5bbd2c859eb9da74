import type { Architecture } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { gatedMlp } from '../layers/gated-mlp';
import { linear } from '../layers/linear';
import { addRmsNorm, rmsNorm } from '../layers/rms-norm';
import type { DecoderLayout, Project } from '../layouts/decoder-layout';

/**
 * The Llama family (Touvron et al. 2023, arXiv:2302.13971): embedding, then per layer
 * x + attention(norm(x)) and x + mlp(norm(x)), a last norm and the output layer.
 * Hidden states are two-dimensional throughout: `[batch · length, hiddenSize]`.
 */
export function llama(graph: GraphBuilder, layout: DecoderLayout, architecture: Architecture): void {
  const { hiddenSize, vocabSize, layerCount, headCount, keyValueHeadCount, headSize } = architecture;
  const epsilon = architecture.rmsNormEpsilon;
  const querySize = headCount * headSize;
  const keySize = keyValueHeadCount * headSize;
  const table = (name: string) => graph.weight(name, [name], [vocabSize, hiddenSize]);
  const norm = (name: string) => graph.weight(name, [name], [hiddenSize]);

  const embedding = table('model.embed_tokens.weight');
  let stream = graph.node('Gather', [embedding, layout.ids], { attributes: { axis: 0 } });
  const hiddenStates = [stream];
  let normed = rmsNorm(graph, stream, norm('model.layers.0.input_layernorm.weight'), epsilon);
  for (let layer = 0; layer < layerCount; layer++) {
    const prefix = `model.layers.${layer}`;
    const input = normed;
    const project: Project = (...names) =>
      linear(graph, input, {
        modules: names.map((name) => `${prefix}.self_attn.${name}`),
        outputSizes: names.map((name) => (name === 'q_proj' ? querySize : keySize)),
        inputSize: hiddenSize,
        bias: architecture.attentionBias,
      });
    const attended = linear(graph, layout.attend(layer, project), {
      modules: [`${prefix}.self_attn.o_proj`],
      outputSizes: [hiddenSize],
      inputSize: querySize,
      bias: architecture.attentionBias,
    });
    const middle = addRmsNorm(
      graph,
      attended,
      stream,
      norm(`${prefix}.post_attention_layernorm.weight`),
      epsilon,
    );
    const widened = gatedMlp(graph, middle.normed, {
      ...architecture,
      prefix: `${prefix}.mlp`,
      bias: architecture.mlpBias,
    });
    const last = layer === layerCount - 1;
    const following = last ? 'model.norm.weight' : `model.layers.${layer + 1}.input_layernorm.weight`;
    const after = addRmsNorm(graph, widened, middle.sum, norm(following), epsilon);
    stream = after.sum;
    normed = after.normed;
    hiddenStates.push(last ? normed : stream);
  }
  layout.logits(normed, architecture.tiedEmbeddings ? embedding : table('lm_head.weight'));
  layout.hiddenStates?.(hiddenStates);
}
