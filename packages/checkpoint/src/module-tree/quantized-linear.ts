import type { Quantization } from '../quantized/quantization';
import type { ModuleSpec } from './module-spec';

/**
 * How a linear layer of a quantized folder prints: AutoAWQ's `WQLinear_GEMM`, AutoGPTQ's `QuantLinear` (which prints
 * nothing of itself), transformers' `FP8Linear`.
 */
export function quantizedLinear(
  { inputs, outputs, bias }: NonNullable<ModuleSpec['linear']>,
  quantization: Quantization,
): { readonly type: string; readonly arguments: string } {
  const sizes = `in_features=${inputs}, out_features=${outputs}, bias=${bias ? 'True' : 'False'}`;
  if (quantization.method === 'awq') {
    const { bits, groupSize } = quantization;
    return { type: 'WQLinear_GEMM', arguments: `${sizes}, w_bit=${bits}, group_size=${groupSize}` };
  }
  if (quantization.method === 'gptq') return { type: 'QuantLinear', arguments: '' };
  return { type: 'FP8Linear', arguments: sizes };
}
