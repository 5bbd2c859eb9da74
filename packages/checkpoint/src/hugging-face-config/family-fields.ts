import type { Architecture, ArchitectureFamily } from '../architectures/architecture';

/** A family's class and what its config says beyond what most do; a field here replaces the common one. */
interface FamilyFields {
  readonly modelClass: string;
  readonly modelType: string;
  fields(architecture: Architecture): Readonly<Record<string, unknown>>;
}

const activations = { silu: 'silu', gelu: 'gelu', 'gelu-tanh': 'gelu_pytorch_tanh', relu: 'relu' } as const;

/** Hugging Face's name of an activation. */
export function activationName({ activation }: Architecture): string {
  return activations[activation];
}

/** `layer_types`, one name a layer. */
function layerTypes({ slidingWindow, layerCount }: Architecture): string[] {
  return Array.from({ length: layerCount }, (_, layer) => {
    const { firstLayer = 0, pattern = [false] } = slidingWindow ?? {};
    const isLocal = layer >= firstLayer && pattern[(layer - firstLayer) % pattern.length];
    return isLocal ? 'sliding_attention' : 'full_attention';
  });
}

const windowSize = ({ slidingWindow }: Architecture) => slidingWindow?.size ?? null;

const qwen = (architecture: Architecture) => ({
  use_sliding_window: architecture.slidingWindow !== null,
  sliding_window: windowSize(architecture),
  max_window_layers: architecture.slidingWindow?.firstLayer ?? architecture.layerCount,
  layer_types: layerTypes(architecture),
});

const gemma = (architecture: Architecture) => ({
  hidden_act: undefined,
  hidden_activation: activationName(architecture),
  query_pre_attn_scalar: rounded(1 / architecture.attentionScale ** 2),
  sliding_window: windowSize(architecture) ?? 4096,
  layer_types: layerTypes(architecture),
  final_logit_softcapping: architecture.logitSoftcap,
});

/** A number that was a whole one before it went through a square root. */
function rounded(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-9 * whole ? whole : value;
}

/** How each family's config.json differs from what most have. */
export const familyFields: Readonly<Record<ArchitectureFamily, FamilyFields>> = {
  llama: {
    modelClass: 'LlamaForCausalLM',
    modelType: 'llama',
    fields: ({ attentionBias, mlpBias }) => ({ attention_bias: attentionBias, mlp_bias: mlpBias }),
  },
  mistral: {
    modelClass: 'MistralForCausalLM',
    modelType: 'mistral',
    fields: (architecture) => ({ sliding_window: windowSize(architecture) }),
  },
  qwen2: { modelClass: 'Qwen2ForCausalLM', modelType: 'qwen2', fields: qwen },
  qwen3: {
    modelClass: 'Qwen3ForCausalLM',
    modelType: 'qwen3',
    fields: (architecture) => ({ ...qwen(architecture), attention_bias: architecture.attentionBias }),
  },
  gpt2: {
    modelClass: 'GPT2LMHeadModel',
    modelType: 'gpt2',
    fields: (architecture) => ({
      hidden_size: undefined,
      intermediate_size: undefined,
      num_hidden_layers: undefined,
      num_attention_heads: undefined,
      num_key_value_heads: undefined,
      head_dim: undefined,
      max_position_embeddings: undefined,
      rms_norm_eps: undefined,
      hidden_act: undefined,
      rope_theta: undefined,
      rope_scaling: undefined,
      n_embd: architecture.hiddenSize,
      n_inner: architecture.intermediateSize,
      n_layer: architecture.layerCount,
      n_head: architecture.headCount,
      n_positions: architecture.contextLength,
      n_ctx: architecture.contextLength,
      layer_norm_epsilon: architecture.normEpsilon,
      activation_function:
        architecture.activation === 'gelu-tanh' ? 'gelu_new' : activationName(architecture),
      scale_attn_weights: architecture.attentionScale !== 1,
    }),
  },
  gpt_neox: {
    modelClass: 'GPTNeoXForCausalLM',
    modelType: 'gpt_neox',
    fields: (architecture) => ({
      num_key_value_heads: undefined,
      head_dim: undefined,
      rms_norm_eps: undefined,
      rope_theta: undefined,
      layer_norm_eps: architecture.normEpsilon,
      rotary_emb_base: architecture.rope?.theta,
      rotary_pct: (architecture.rope?.dimensions ?? 0) / architecture.headSize,
      use_parallel_residual: architecture.parallelResidual,
      attention_bias: architecture.attentionBias,
    }),
  },
  phi3: {
    modelClass: 'Phi3ForCausalLM',
    modelType: 'phi3',
    fields: (architecture) => ({
      head_dim: undefined,
      partial_rotary_factor: (architecture.rope?.dimensions ?? 0) / architecture.headSize,
      sliding_window: windowSize(architecture),
      // Its default lies outside of smaller vocabularies.
      pad_token_id: null,
    }),
  },
  gemma2: {
    modelClass: 'Gemma2ForCausalLM',
    modelType: 'gemma2',
    fields: (architecture) => ({
      ...gemma(architecture),
      attn_logit_softcapping: architecture.attentionSoftcap,
      attention_bias: architecture.attentionBias,
    }),
  },
  gemma3: {
    modelClass: 'Gemma3ForCausalLM',
    modelType: 'gemma3_text',
    fields: (architecture) => ({
      ...gemma(architecture),
      rope_local_base_freq: (architecture.localRope ?? architecture.rope)?.theta,
      attention_bias: architecture.attentionBias,
    }),
  },
};
