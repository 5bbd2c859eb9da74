import type { RotaryEmbedding } from './rotary-embedding';

/**
 * Most positions that a model computes as it was trained to: what its file says, or what its rotary embedding is
 * stretched to. With LongRoPE those of the factors in force: a text that outgrows them would need another cache.
 * @param stated `max_position_embeddings`, `context_length`
 */
export function contextLengthOf(stated: number, { scaling }: RotaryEmbedding): number {
  if (scaling?.type === 'dynamic') return Math.floor(stated * Math.max(1, scaling.factor));
  if (scaling?.type === 'yarn')
    return Math.max(stated, Math.floor(scaling.originalContextLength * scaling.factor));
  if (scaling?.type === 'longrope') return Math.min(stated, scaling.originalContextLength);
  return stated;
}
