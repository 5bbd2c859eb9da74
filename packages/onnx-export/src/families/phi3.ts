import type { DecoderFamily } from './decoder-family';
import { llamaLike } from './llama-like';

/** Phi-3 (Abdin et al. 2024, arXiv:2404.14219): Llama's names, with joined projections. */
export const phi3: DecoderFamily = {
  ...llamaLike,
  queryKeyValue: { joined: 'self_attn.qkv_proj', rows: 'by-role' },
  mlp: { gateUp: 'mlp.gate_up_proj', down: 'mlp.down_proj' },
};
