import type { ConfigReader } from './config-reader';

/** Hugging Face's fields for the sizes that most configs name alike. */
export interface ConfigSizes {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layerCount: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  /** As stated, before the rotary embedding is looked at. */
  readonly contextLength: number;
}

/** @param fallbacks what the family's config class takes where a field is not there */
export function configSizes(
  config: ConfigReader,
  fallbacks: { readonly contextLength: number; readonly headSize?: number },
): ConfigSizes {
  const hiddenSize = config.positiveInteger('hidden_size');
  const headCount = config.positiveInteger('num_attention_heads');
  return {
    vocabSize: config.positiveInteger('vocab_size'),
    hiddenSize,
    intermediateSize: config.positiveInteger('intermediate_size'),
    layerCount: config.positiveInteger('num_hidden_layers'),
    headCount,
    keyValueHeadCount: config.positiveInteger('num_key_value_heads', headCount),
    headSize: config.positiveInteger('head_dim', fallbacks.headSize ?? hiddenSize / headCount),
    contextLength: config.positiveInteger('max_position_embeddings', fallbacks.contextLength),
  };
}
