import { activationClass } from '../activation-classes';
import {
  conv1dSpec,
  dropoutSpec,
  embeddingSpec,
  layerNormSpec,
  linearSpec,
  repeatedSpec,
} from '../layer-specs';
import { layerCount, type ModelFamily, probability } from './model-family';

/** GPT-2 (Radford et al. 2019). */
export const gpt2Modules: ModelFamily = {
  modelTypes: ['gpt2'],
  isOld: true,
  spec(config, printedBy) {
    if (config.boolean('add_cross_attention', false))
      throw config.unsupported('add_cross_attention', 'false');
    const width = config.positiveInteger('n_embd', 768);
    const inner = config.positiveInteger('n_inner', 4 * width);
    const rows = config.positiveInteger('vocab_size', 50257);
    const norm = layerNormSpec(width, config.positiveNumber('layer_norm_epsilon', 1e-5), printedBy);
    const residual = dropoutSpec(probability(config, 'resid_pdrop', 0.1));
    const linear = (inputs: number, outputs: number) => conv1dSpec(inputs, outputs, printedBy);
    const attention = {
      c_attn: linear(width, 3 * width),
      c_proj: linear(width, width),
      attn_dropout: dropoutSpec(probability(config, 'attn_pdrop', 0.1)),
      resid_dropout: residual,
    };
    const feedForward = {
      c_fc: linear(width, inner),
      c_proj: linear(inner, width),
      act: activationClass(config, 'activation_function', 'gelu_new', printedBy),
      dropout: residual,
    };
    const block = {
      ln_1: norm,
      attn: { type: 'GPT2Attention', children: attention },
      ln_2: norm,
      mlp: { type: 'GPT2MLP', children: feedForward },
    };
    const transformer = {
      wte: embeddingSpec(rows, width),
      wpe: embeddingSpec(config.positiveInteger('n_positions', 1024), width),
      drop: dropoutSpec(probability(config, 'embd_pdrop', 0.1)),
      h: repeatedSpec({ type: 'GPT2Block', children: block }, layerCount(config, 'n_layer', 12)),
      ln_f: norm,
    };
    const model = {
      type: 'GPT2LMHeadModel',
      children: {
        transformer: { type: 'GPT2Model', children: transformer },
        lm_head: linearSpec(width, rows),
      },
    };
    return {
      model,
      embedding: 'transformer.wte.weight',
      head: 'lm_head.weight',
      tied: config.boolean('tie_word_embeddings', true),
      // The published files leave the model's own name out.
      aliases: (name) => (name.startsWith('transformer.') ? [name.slice('transformer.'.length)] : []),
    };
  },
};
