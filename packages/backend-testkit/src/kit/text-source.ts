import { hash } from './hash';

/**
 * The texts of the kit: the same `seed` gives the same ids on every machine, and `text(5, s)` begins
 * `text(9, s)`.
 * @param pool the ids to draw from
 */
export function textSource(pool: ArrayLike<number>): (length: number, seed: number) => number[] {
  return (length, seed) =>
    Array.from({ length }, (_, position) => pool[hash(seed, position) % pool.length] as number);
}
