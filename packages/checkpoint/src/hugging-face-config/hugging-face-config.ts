import type { Architecture } from '../architectures/architecture';
import { activationName, familyFields } from './family-fields';
import { ropeFields } from './rope-fields';

/** Ids that a config.json names beside the architecture. */
export interface ConfigTokenIds {
  readonly bos?: number | undefined;
  /** One, or several that end a text. */
  readonly eos?: number | readonly number[] | undefined;
  readonly pad?: number | undefined;
}

/**
 * What config.json would say of an architecture: for a GGUF file, which has none. Read again, it gives the same
 * architecture (frequencies that a GGUF stores as divided become LongRoPE with one list). `rope_scaling` is written as
 * before transformers 5, which reads both spellings.
 * @param dtype as config.json names it, e.g. `float16`; absent: not said
 */
export function huggingFaceConfig(
  architecture: Architecture,
  { bos, eos, pad }: ConfigTokenIds = {},
  dtype?: string,
): Record<string, unknown> {
  const { modelClass, modelType, fields } = familyFields[architecture.family];
  const all: Record<string, unknown> = {
    architectures: [modelClass],
    model_type: modelType,
    vocab_size: architecture.vocabSize,
    hidden_size: architecture.hiddenSize,
    intermediate_size: architecture.intermediateSize,
    num_hidden_layers: architecture.layerCount,
    num_attention_heads: architecture.headCount,
    num_key_value_heads: architecture.keyValueHeadCount,
    head_dim: architecture.headSize,
    rms_norm_eps: architecture.normEpsilon,
    hidden_act: activationName(architecture),
    rope_theta: architecture.rope?.theta,
    tie_word_embeddings: architecture.tiedEmbeddings,
    ...ropeFields(architecture),
    ...fields(architecture),
    ...(bos !== undefined && { bos_token_id: bos }),
    ...(eos !== undefined && { eos_token_id: eos }),
    ...(pad !== undefined && { pad_token_id: pad }),
    torch_dtype: dtype,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
