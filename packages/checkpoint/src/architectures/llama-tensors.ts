import type { Architecture } from './architecture';
import type { ExpectedTensor } from './architecture-description';

/** Every tensor of a Llama with its shape `[outputs, inputs]`, in the order of the computation. */
export function* llamaTensors(architecture: Architecture): Generator<ExpectedTensor> {
  const { vocabSize, hiddenSize, intermediateSize, layerCount, headSize } = architecture;
  const queryWidth = architecture.headCount * headSize;
  const keyWidth = architecture.keyValueHeadCount * headSize;

  yield { name: 'model.embed_tokens.weight', shape: [vocabSize, hiddenSize] };
  for (let layer = 0; layer < layerCount; layer++) {
    const prefix = `model.layers.${layer}`;
    yield { name: `${prefix}.input_layernorm.weight`, shape: [hiddenSize] };
    const attention: [string, number, number][] = [
      ['q_proj', queryWidth, hiddenSize],
      ['k_proj', keyWidth, hiddenSize],
      ['v_proj', keyWidth, hiddenSize],
      ['o_proj', hiddenSize, queryWidth],
    ];
    yield* projections(`${prefix}.self_attn`, attention, architecture.attentionBias);
    yield { name: `${prefix}.post_attention_layernorm.weight`, shape: [hiddenSize] };
    const feedForward: [string, number, number][] = [
      ['gate_proj', intermediateSize, hiddenSize],
      ['up_proj', intermediateSize, hiddenSize],
      ['down_proj', hiddenSize, intermediateSize],
    ];
    yield* projections(`${prefix}.mlp`, feedForward, architecture.mlpBias);
  }
  yield { name: 'model.norm.weight', shape: [hiddenSize] };
  if (!architecture.tiedEmbeddings) yield { name: 'lm_head.weight', shape: [vocabSize, hiddenSize] };
}

function* projections(
  prefix: string,
  list: readonly (readonly [name: string, outputs: number, inputs: number])[],
  bias: boolean,
): Generator<ExpectedTensor> {
  for (const [name, outputs, inputs] of list) {
    yield { name: `${prefix}.${name}.weight`, shape: [outputs, inputs] };
    if (bias) yield { name: `${prefix}.${name}.bias`, shape: [outputs] };
  }
}
