import { align } from '../numbers/align';
import type { DerivedTensor } from './derived-tensor';
import { floatsOf, invalidParts, type LinearParts, optionalPartOf, partOf } from './linear-parts';
import { packedIntegers } from './packed-integers';
import type { Quantization } from './quantization';

/**
 * A linear layer as GPTQ folders store it: `w[o][i] = s[g][o] · (q[i][o] − z[g][o])`, where g is `g_idx[i]`, or
 * i / groupSize without one. `qweight` is `[inputs · bits / 32, outputs]` words that hold neighbouring inputs,
 * `qzeros` `[groups, outputs · bits / 32]` words of neighbouring outputs, `scales` `[groups, outputs]`. The first
 * format stores zero points less one (modulo 2^bits).
 * Source: Frantar et al. 2022 (GPTQ); the packing as AutoGPTQ and GPTQModel write it.
 */
export function gptqWeight(
  linear: LinearParts,
  { bits, groupSize, zeroOffset }: Extract<Quantization, { method: 'gptq' }>,
): DerivedTensor {
  const perWord = 32 / bits;
  const mask = (1 << bits) - 1;
  const qweight = partOf(linear, 'qweight', ['I32']);
  const [words = 0, outputs = 0] = qweight.info.shape;
  const inputs = words * perWord;
  const groups = groupSize === undefined ? 1 : Math.ceil(inputs / groupSize);
  if (outputs % perWord !== 0) {
    throw invalidParts(linear, 'qweight', [words, outputs], `a multiple of ${perWord} outputs`);
  }
  const qzeros = partOf(linear, 'qzeros', ['I32'], [groups, outputs / perWord]);
  const scales = partOf(linear, 'scales', ['F16', 'BF16', 'F32'], [groups, outputs]);
  const groupIndex = optionalPartOf(linear, 'g_idx', ['I32'], [inputs]);
  const parts = { qweight, qzeros, scales, ...(groupIndex && { g_idx: groupIndex }) };

  function groupsOf(bytes: Uint8Array | undefined): Int32Array {
    if (bytes === undefined) {
      return Int32Array.from({ length: inputs }, (_, i) =>
        groupSize === undefined ? 0 : Math.floor(i / groupSize),
      );
    }
    const aligned = align(bytes, 4);
    const index = new Int32Array(aligned.buffer, aligned.byteOffset, inputs);
    const wrong = index.findIndex((group) => group < 0 || group >= groups);
    if (wrong >= 0) throw invalidParts(linear, 'g_idx', index[wrong], `groups from 0 to ${groups - 1}`);
    return index;
  }

  return {
    info: linear.info(`GPTQ${bits}`, [outputs, inputs], Object.values(parts)),
    parts,
    combine(bytes, values) {
      const zeros = packedIntegers(bytes.qzeros!, bits);
      const scale = floatsOf(scales, bytes.scales!);
      const groupOf = groupsOf(bytes.g_idx);
      const aligned = align(bytes.qweight!, 4);
      const packed = new Int32Array(aligned.buffer, aligned.byteOffset, words * outputs);
      for (let input = 0; input < inputs; input++) {
        const group = groupOf[input]! * outputs;
        const row = Math.floor(input / perWord) * outputs;
        const shift = (input % perWord) * bits;
        for (let output = 0; output < outputs; output++) {
          const zero = (zeros[group + output]! + zeroOffset) & mask;
          const quant = (packed[row + output]! >>> shift) & mask;
          values[output * inputs + input] = scale[group + output]! * (quant - zero);
        }
      }
    },
  };
}
