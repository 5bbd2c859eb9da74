import type { NumberControl } from './control';

/** The places of a slider from `from` to `to`, both included. */
export function range(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step);
  return Array.from({ length: count + 1 }, (_, place) => Number((from + place * step).toFixed(6)));
}

type Options = Partial<Pick<NumberControl, 'neutral' | 'digits' | 'optional'>>;

/** A parameter that is a number, with a slider over `values`. */
export function number(
  name: string,
  label: string,
  values: readonly number[],
  initial: number,
  { digits = 2, ...others }: Options = {},
): NumberControl {
  return { kind: 'number', name, label, values, initial, digits, ...others };
}

/** How many of the best tokens always stay. */
export const keep = number('minTokensToKeep', 'keeps at least', [1, 2, 3, 4, 5, 8, 10, 20, 50], 1, {
  digits: 0,
});

/** How far back a penalty looks; the first place, 0, stands for everything. */
export const lastTokens = number('lastTokens', 'looks back', [0, 16, 32, 64, 128, 256, 512, 1024, 2048], 0, {
  digits: 0,
  optional: true,
});
