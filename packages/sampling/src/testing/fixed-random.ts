import type { Random } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';

/** A source that hands out one number, whatever it is, and counts. */
export function fixedRandom(value: number): Random & { draws: number } {
  const random = createRandom(0);
  return {
    draws: 0,
    next() {
      this.draws++;
      return value;
    },
    nextUint32: random.nextUint32,
    fork: random.fork,
    state: random.state,
  };
}
