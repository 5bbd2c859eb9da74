import { invalidParameter } from '@nexttoken/model';
import type { Processors } from '../next-token/next-token-table-data';
import type { CounterfactualOptions, SweptDraw } from './counterfactual-data';
import { drawToken } from './draw-token';

/**
 * What a slider does to one step under the same luck: for every value the token that is picked, and where it flips.
 *
 * @param values of the slider, at least one, e.g. temperatures from 0.1 to 2
 * @param make the processors for a value
 * @param options as of {@link drawToken}, without processors
 * @throws NextTokenError what {@link drawToken} and `make` throw
 */
export function sweepDraw(
  logits: Float32Array,
  values: readonly number[],
  make: (value: number) => Processors,
  options: Omit<CounterfactualOptions, 'processors'>,
): readonly SweptDraw[] {
  if (values.length === 0) throw invalidParameter('sweepDraw', 'values', 'nothing', 'at least one value');
  let last: number | undefined;
  return values.map((value) => {
    const drawn = drawToken(logits, { ...options, processors: make(value) });
    const flips = last !== undefined && last !== drawn.id;
    last = drawn.id;
    return { ...drawn, value, flips };
  });
}
