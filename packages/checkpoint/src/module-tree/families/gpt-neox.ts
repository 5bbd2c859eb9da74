import { activationClass } from '../activation-classes';
import { dropoutSpec, embeddingSpec, layerNormSpec, linearSpec, repeatedSpec } from '../layer-specs';
import { layerCount, type ModelFamily, probability } from './model-family';

/** GPT-NeoX (Black et al. 2022) and Pythia. */
export const gptNeoxModules: ModelFamily = {
  modelTypes: ['gpt_neox'],
  isOld: true,
  spec(config, printedBy) {
    const width = config.positiveInteger('hidden_size', 6144);
    const inner = config.positiveInteger('intermediate_size', 24576);
    const rows = config.positiveInteger('vocab_size', 50432);
    const norm = layerNormSpec(width, config.positiveNumber('layer_norm_eps', 1e-5), printedBy);
    const hidden = dropoutSpec(probability(config, 'hidden_dropout', 0));
    const bias = config.boolean('attention_bias', true);
    const rotary = { rotary_emb: { type: 'GPTNeoXRotaryEmbedding' } };
    const isOld = printedBy === 'transformers-4.38';
    const attention = {
      ...(isOld && rotary),
      query_key_value: linearSpec(width, 3 * width, bias),
      dense: linearSpec(width, width, bias),
      ...(isOld && { attention_dropout: dropoutSpec(probability(config, 'attention_dropout', 0)) }),
    };
    const feedForward = {
      dense_h_to_4h: linearSpec(width, inner, true),
      dense_4h_to_h: linearSpec(inner, width, true),
      act: activationClass(config, 'hidden_act', 'gelu', printedBy),
    };
    const layer = {
      input_layernorm: norm,
      post_attention_layernorm: norm,
      post_attention_dropout: hidden,
      post_mlp_dropout: hidden,
      attention: { type: 'GPTNeoXAttention', children: attention },
      mlp: { type: 'GPTNeoXMLP', children: feedForward },
    };
    const inside = {
      embed_in: embeddingSpec(rows, width),
      emb_dropout: hidden,
      layers: repeatedSpec(
        { type: 'GPTNeoXLayer', children: layer },
        layerCount(config, 'num_hidden_layers', 44),
      ),
      final_layer_norm: norm,
      ...(!isOld && rotary),
    };
    const head = printedBy === 'transformers-5' ? 'lm_head' : 'embed_out';
    const gptNeox = { type: 'GPTNeoXModel', children: inside };
    return {
      model: { type: 'GPTNeoXForCausalLM', children: { gpt_neox: gptNeox, [head]: linearSpec(width, rows) } },
      embedding: 'gpt_neox.embed_in.weight',
      head: `${head}.weight`,
      tied: config.boolean('tie_word_embeddings', false),
      aliases: (name) => (name === `${head}.weight` ? ['embed_out.weight', 'lm_head.weight'] : []),
    };
  },
};
