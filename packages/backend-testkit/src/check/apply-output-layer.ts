import type { OutputLayer } from '../kit/backend-test-options';
import { check } from './check';

/**
 * `weight · state + bias`, in float64.
 * @param state `[width]`
 * @returns `[vocabSize]`
 */
export function applyOutputLayer(
  { weight, bias }: OutputLayer,
  state: Float32Array,
  vocabSize: number,
): Float64Array {
  const width = state.length;
  check(
    weight.length === vocabSize * width,
    `the option outputLayer.weight must hold ${vocabSize} x ${width} values, got ${weight.length}`,
  );
  return Float64Array.from({ length: vocabSize }, (_, id) => {
    let sum = bias?.[id] ?? 0;
    for (let i = 0; i < width; i++) sum += weight[id * width + i]! * state[i]!;
    return sum;
  });
}
