import type { Architecture } from '@nexttoken/checkpoint';

/** What onnxruntime-genai calls the families whose graphs it treats in a way of their own. */
const types: Readonly<Partial<Record<Architecture['family'], string>>> = {
  llama: 'llama',
  mistral: 'mistral',
  qwen2: 'qwen2',
  qwen3: 'qwen3',
  phi3: 'phi3',
  gemma2: 'gemma2',
  gemma3: 'gemma3_text',
};

/**
 * genai_config.json: where onnxruntime-genai finds the graph, what its inputs and outputs are called, and how it searches
 * when nobody says otherwise: greedily, with nothing applied.
 * @param fields config.json and generation_config.json, for the ids of special tokens
 */
export function genaiConfig(
  architecture: Architecture,
  graphPath: string,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { contextLength } = architecture;
  const eos = fields.eos_token_id ?? undefined;
  const first: unknown = Array.isArray(eos) ? eos[0] : eos;
  const ids = {
    bos_token_id: fields.bos_token_id ?? first,
    eos_token_id: eos,
    pad_token_id: fields.pad_token_id ?? first,
  };
  return {
    model: {
      type: types[architecture.family] ?? 'decoder',
      ...Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined)),
      vocab_size: architecture.vocabSize,
      context_length: contextLength,
      decoder: {
        session_options: { log_id: 'onnxruntime-genai', provider_options: [] },
        filename: graphPath,
        hidden_size: architecture.hiddenSize,
        head_size: architecture.headSize,
        num_attention_heads: architecture.headCount,
        num_key_value_heads: architecture.keyValueHeadCount,
        num_hidden_layers: architecture.layerCount,
        inputs: {
          input_ids: 'input_ids',
          attention_mask: 'attention_mask',
          position_ids: 'position_ids',
          past_key_names: 'past_key_values.%d.key',
          past_value_names: 'past_key_values.%d.value',
        },
        outputs: {
          logits: 'logits',
          present_key_names: 'present.%d.key',
          present_value_names: 'present.%d.value',
        },
      },
    },
    search: {
      do_sample: false,
      max_length: contextLength,
      min_length: 0,
      num_beams: 1,
      num_return_sequences: 1,
      past_present_share_buffer: false,
      repetition_penalty: 1,
      temperature: 1,
      top_k: 1,
      top_p: 1,
    },
  };
}
