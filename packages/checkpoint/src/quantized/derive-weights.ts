import type { StoredTensor } from '../checkpoint/stored-tensor';
import { baseName } from '../source/base-name';
import { awqWeight } from './awq-weight';
import type { DerivedTensor } from './derived-tensor';
import { gptqWeight } from './gptq-weight';
import type { LinearParts } from './linear-parts';
import type { Quantization } from './quantization';
import { scaledFloat8Weight } from './scaled-float8-weight';

/** The tensor whose presence tells that a layer is quantized. */
const marks = { awq: ['qweight'], gptq: ['qweight'], fp8: ['weight_scale_inv', 'weight_scale'] } as const;
const roles = [
  'qweight',
  'qzeros',
  'scales',
  'g_idx',
  'weight',
  'weight_scale_inv',
  'weight_scale',
  'input_scale',
];

/**
 * Finds the quantized layers of a folder and puts one weight in the place of their parts, under the name that
 * the architecture expects. Layers without the method's parts stay as they are.
 * @returns all tensors in the order of the file, a weight where its first part stood
 * @throws NextTokenError `missing-tensor`, `tensor-shape`, `unsupported-dtype`
 */
export function deriveWeights(
  stored: ReadonlyMap<string, StoredTensor>,
  quantization: Quantization,
  path: string,
): Map<string, StoredTensor | DerivedTensor> {
  const weights = new Map<string, DerivedTensor>();
  for (const name of stored.keys()) {
    const mark = marks[quantization.method].find((each) => name.endsWith(`.${each}`));
    if (mark === undefined) continue;
    const linear = linearParts(stored, name.slice(0, -mark.length - 1), path);
    const weight = weightOf(linear, quantization, mark);
    for (const part of linear.stored.values()) weights.set(part.info.name, weight);
  }
  const tensors = new Map<string, StoredTensor | DerivedTensor>();
  for (const [name, tensor] of stored) {
    const weight = weights.get(name);
    tensors.set(weight?.info.name ?? name, weight ?? tensor);
  }
  return tensors;
}

function linearParts(stored: ReadonlyMap<string, StoredTensor>, layer: string, path: string): LinearParts {
  const parts = new Map<string, StoredTensor>();
  for (const role of roles) {
    const part = stored.get(`${layer}.${role}`);
    if (part) parts.set(role, part);
  }
  return {
    layer,
    path,
    stored: parts,
    info: (dtype, shape, from) => ({
      name: `${layer}.weight`,
      shape,
      dtype,
      readable: true,
      byteLength: from.reduce((sum, { info }) => sum + info.byteLength, 0),
      source: baseName(from[0]!.source.name),
      parts: from.map(({ info }) => info),
    }),
  };
}

function weightOf(linear: LinearParts, quantization: Quantization, mark: string): DerivedTensor {
  if (quantization.method === 'awq') return awqWeight(linear, quantization.groupSize);
  if (quantization.method === 'gptq') return gptqWeight(linear, quantization);
  return scaledFloat8Weight(linear, mark as 'weight_scale_inv' | 'weight_scale', quantization.block);
}
