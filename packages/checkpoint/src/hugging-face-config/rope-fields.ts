import type { Architecture } from '../architectures/architecture';
import type { RopeScaling } from '../architectures/rotary-embedding';

/** What config.json says of a rotary embedding's scaling: `rope_scaling`, and the context before it. */
export function ropeFields({ rope, contextLength }: Architecture): Record<string, unknown> {
  const scaling = rope?.scaling ?? null;
  return {
    max_position_embeddings: statedContext(scaling, contextLength),
    rope_scaling: scaling && scalingFields(scaling, contextLength),
  };
}

/** The context as configs state it; the architecture's is the one behind the scaling. */
function statedContext(scaling: RopeScaling | null, contextLength: number): number {
  if (scaling?.type === 'dynamic') return scaling.originalContextLength;
  if (scaling?.type === 'longrope') return scaling.long?.contextLength ?? contextLength;
  return contextLength;
}

function scalingFields(scaling: RopeScaling, contextLength: number): Record<string, unknown> {
  switch (scaling.type) {
    case 'linear':
    case 'dynamic':
      return { rope_type: scaling.type, factor: scaling.factor };
    case 'yarn':
      return {
        rope_type: 'yarn',
        factor: scaling.factor,
        original_max_position_embeddings: scaling.originalContextLength,
        attention_factor: scaling.attentionFactor,
        beta_fast: scaling.betaFast,
        beta_slow: scaling.betaSlow,
        truncate: scaling.truncate,
      };
    case 'llama3':
      return {
        rope_type: 'llama3',
        factor: scaling.factor,
        low_freq_factor: scaling.lowFrequencyFactor,
        high_freq_factor: scaling.highFrequencyFactor,
        original_max_position_embeddings: scaling.originalContextLength,
      };
    case 'longrope':
      return {
        rope_type: 'longrope',
        short_factor: scaling.factors,
        long_factor: scaling.long?.factors ?? scaling.factors,
        attention_factor: scaling.attentionFactor,
        original_max_position_embeddings: scaling.originalContextLength,
      };
    case 'divided':
      // The same frequencies in Hugging Face's words: LongRoPE with one list, and nothing scaled.
      return {
        rope_type: 'longrope',
        short_factor: scaling.factors,
        long_factor: scaling.factors,
        attention_factor: 1,
        original_max_position_embeddings: contextLength,
      };
  }
}
