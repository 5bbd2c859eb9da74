import type { DerivedTensor } from './derived-tensor';
import { floatsOf, invalidParts, type LinearParts, partOf } from './linear-parts';

const float8 = ['F8_E4M3', 'F8_E5M2', 'F8_E4M3FNUZ', 'F8_E5M2FNUZ'];

/**
 * A linear layer of 8-bit floats under scales: `w[o][i] = q[o][i] · s[⌊o / b0⌋][⌊i / b1⌋]` with blocks of
 * `b0 × b1` weights, one scale an output (`[outputs]` or `[outputs, 1]`), or one for all (`[]` or `[1]`).
 * The scales are the tensor `weight_scale_inv` (as transformers and DeepSeek-V3 name it) or `weight_scale`.
 */
export function scaledFloat8Weight(
  linear: LinearParts,
  scaleName: 'weight_scale_inv' | 'weight_scale',
  block: readonly [outputs: number, inputs: number] | undefined,
): DerivedTensor {
  const weight = partOf(linear, 'weight', float8);
  const [outputs = 0, inputs = 0] = weight.info.shape;
  const scales = partOf(linear, scaleName, ['F32', 'F16', 'BF16', 'F8_E8M0']);
  const count = scales.info.shape.reduce((product, size) => product * size, 1);
  const [rows, columns] = block ?? (count === 1 ? [outputs, inputs] : [1, inputs]);
  const perRow = Math.ceil(inputs / columns);
  const expected = block || count === 1 ? Math.ceil(outputs / rows) * perRow : outputs;
  if (count !== expected || weight.info.shape.length !== 2) {
    throw invalidParts(linear, scaleName, scales.info.shape, `${expected} scales for [${weight.info.shape}]`);
  }
  return {
    info: linear.info(weight.info.dtype, [outputs, inputs], [weight, scales]),
    parts: { weight, [scaleName]: scales },
    combine(bytes, values) {
      const scale = floatsOf(scales, bytes[scaleName]!);
      weight.format!.dequantize(bytes.weight!, values);
      for (let output = 0; output < outputs; output++) {
        const row = Math.floor(output / rows) * perRow;
        for (let input = 0; input < inputs; input++) {
          values[output * inputs + input]! *= scale[row + Math.floor(input / columns)]!;
        }
      }
    },
  };
}
