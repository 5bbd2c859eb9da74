import type { Checkpoint } from '@nexttoken/checkpoint';
import { storedStructure } from './choose-format';
import type { WeightDtype } from './weight-dtype';

/**
 * The dtype under which most numbers of a checkpoint's matrices run as they are stored: `q4` or `q8` where they lie
 * in blocks that are taken over, else `fp32`.
 */
export function storedWeightDtype(checkpoint: Pick<Checkpoint, 'tensors' | 'metadata'>): WeightDtype {
  const numbers = { q4: 0, q8: 0, fp32: 0 };
  for (const info of checkpoint.tensors.values()) {
    if (info.shape.length < 2) continue;
    const bits = storedStructure(info, checkpoint.metadata)?.bits;
    const dtype = bits === 4 ? 'q4' : bits === 8 ? 'q8' : 'fp32';
    numbers[dtype] += info.shape.reduce((product, size) => product * size, 1);
  }
  const blocks = numbers.q4 + numbers.q8;
  if (blocks <= numbers.fp32) return 'fp32';
  return numbers.q4 >= numbers.q8 ? 'q4' : 'q8';
}
