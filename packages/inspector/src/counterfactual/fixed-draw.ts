import type { Random } from '@nexttoken/model';

/** A source that gives the same number whenever it is asked: the luck of one recorded step. */
export function fixedDraw(draw: number): Random {
  return {
    next: () => draw,
    nextUint32: () => Math.floor(draw * 2 ** 32),
    fork: () => fixedDraw(draw),
    state: { algorithm: 'fixed', key: [], counter: [], used: 0 },
  };
}
