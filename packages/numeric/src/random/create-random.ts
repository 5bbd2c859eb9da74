import { invalidParameter, type Random } from '@nexttoken/model';
import { philoxSource } from './philox-source';

const seedRange = 'an integer from 0 to 2^53 - 1, or a bigint below 2^64';

/**
 * A seeded source of random numbers: the same seed gives the same numbers on every runtime. Philox4x32-10
 * with the seed as its key; `fork(stream)` makes independent sources, decided by the seed and the path of
 * streams alone.
 *
 * @param seed an integer from 0 to 2^53 - 1, or a bigint from 0 to 2^64 - 1; `5` and `5n` are one seed
 * @throws NextTokenError `invalid-parameter` for any other seed
 */
export function createRandom(seed: number | bigint): Random {
  const legal =
    typeof seed === 'bigint'
      ? seed >= 0n && seed <= 0xffffffffffffffffn
      : Number.isSafeInteger(seed) && seed >= 0;
  if (!legal) {
    const shown = typeof seed === 'bigint' ? String(seed) : seed;
    throw invalidParameter('createRandom', 'seed', shown, seedRange);
  }
  const wide = BigInt(seed);
  const key = [Number(wide & 0xffffffffn), Number(wide >> 32n)];
  return philoxSource({ key, counter: [0, 0, 0, 0], used: 0 });
}
