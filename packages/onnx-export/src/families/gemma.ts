import type { DecoderFamily } from './decoder-family';
import { llamaLike } from './llama-like';

/** Gemma 2 and 3 (arXiv:2408.00118, arXiv:2503.19786): Llama's names, with norms on both sides of either part. */
export const gemma: DecoderFamily = {
  ...llamaLike,
  behindAttention: 'post_attention_layernorm',
  mlpNorm: 'pre_feedforward_layernorm',
  behindMlp: 'post_feedforward_layernorm',
};
