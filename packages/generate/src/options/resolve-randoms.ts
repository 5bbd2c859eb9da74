import { invalidParameter, type Random } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import type { GenerateOptions } from './generate-options';

const owner = 'generate';

/**
 * One source a row. A single row draws from the source itself; several draw from its forks, so that what one
 * row draws does not depend on the others.
 */
export function resolveRandoms(
  { random, seed, seeds }: Pick<GenerateOptions, 'random' | 'seed' | 'seeds'>,
  rows: number,
): readonly Random[] {
  if (random !== undefined && seed !== undefined) {
    throw invalidParameter(owner, 'seed', seed, 'left out when `random` is given');
  }
  if (seeds !== undefined) {
    if (random !== undefined || seed !== undefined) {
      throw invalidParameter(owner, 'seeds', seeds, 'left out when `random` or `seed` is given');
    }
    if (!Array.isArray(seeds) || seeds.length !== rows) {
      throw invalidParameter(owner, 'seeds', seeds, `a list of ${rows} seeds, one a row`);
    }
    return seeds.map((each) => createRandom(each));
  }
  const source = random ?? createRandom(seed ?? 0);
  return rows === 1 ? [source] : Array.from({ length: rows }, (_, row) => source.fork(row));
}
