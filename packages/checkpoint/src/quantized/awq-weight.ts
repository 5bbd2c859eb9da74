import type { DerivedTensor } from './derived-tensor';
import { floatsOf, invalidParts, type LinearParts, partOf } from './linear-parts';
import { packedIntegers } from './packed-integers';

/** Which of eight neighbouring outputs each nibble of a word belongs to. */
const order = [0, 2, 4, 6, 1, 3, 5, 7];

/**
 * A linear layer as AutoAWQ's GEMM packing stores it: `w[o][i] = s[g][o] · (q[i][o] − z[g][o])`, g = i / groupSize.
 * `qweight` is `[inputs, outputs / 8]` words of eight 4-bit integers, `qzeros` `[groups, outputs / 8]`,
 * `scales` `[groups, outputs]`. Product and difference are computed in double and rounded to float32 once.
 * Source: Lin et al. 2023 (AWQ); the packing as AutoAWQ writes it.
 */
export function awqWeight(linear: LinearParts, groupSize: number): DerivedTensor {
  const qweight = partOf(linear, 'qweight', ['I32']);
  const [inputs = 0, words = 0] = qweight.info.shape;
  const outputs = words * 8;
  const groups = inputs / groupSize;
  if (!Number.isInteger(groups)) {
    throw invalidParts(linear, 'qweight', [inputs, words], `a multiple of ${groupSize} inputs`);
  }
  const qzeros = partOf(linear, 'qzeros', ['I32'], [groups, words]);
  const scales = partOf(linear, 'scales', ['F16', 'BF16', 'F32'], [groups, outputs]);
  return {
    info: linear.info('AWQ4', [outputs, inputs], [qweight, qzeros, scales]),
    parts: { qweight, qzeros, scales },
    combine(bytes, values) {
      const quants = packedIntegers(bytes.qweight!, 4, order);
      const zeros = packedIntegers(bytes.qzeros!, 4, order);
      const scale = floatsOf(scales, bytes.scales!);
      for (let input = 0, from = 0; input < inputs; input++) {
        const group = Math.floor(input / groupSize) * outputs;
        for (let output = 0; output < outputs; output++, from++) {
          values[output * inputs + input] = scale[group + output]! * (quants[from]! - zeros[group + output]!);
        }
      }
    },
  };
}
