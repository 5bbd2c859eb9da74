import type { LogitsProcessor } from '@nexttoken/model';
import { builtIn } from '../built-in/built-in';
import { checkPositive } from '../parameters/check-positive';

/**
 * Flattens (temperature > 1) or sharpens (< 1) the distribution: `x_i ← x_i / t`, in float32.
 *
 * @param t a finite number > 0; 1 is neutral. The limit 0 is another thing: the sampler `greedy()`
 * @throws NextTokenError `invalid-parameter`
 *
 * Order and kept tokens do not change; removed ones stay removed. Cost: one pass.
 * Source: Hugging Face `TemperatureLogitsWarper`.
 */
export function temperature(t: number): LogitsProcessor {
  checkPositive('temperature', 'temperature', t, ' (at 0: the greedy() sampler)');
  const divisor = Math.fround(t);
  return builtIn({
    kind: 'processor',
    type: 'temperature',
    parameters: { temperature: t },
    process(scores) {
      if (divisor === 1) return;
      for (let i = 0; i < scores.length; i++) scores[i] = scores[i]! / divisor;
    },
  });
}
