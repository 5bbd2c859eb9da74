import { invalidParameter, type Random, type RandomState } from '@nexttoken/model';
import { philox4x32 } from './philox4x32';

export const algorithm = 'philox4x32-10';

/** Highest counter word: draws and fork keys come from separate halves of the counter space. */
const drawDomain = 0;
const forkDomain = 1;

/**
 * A source that hands out the words of the blocks `philox(key, [low, high, 0, 0])`, low = 0, 1, 2, …
 *
 * Forking leaves this sequence alone: the child's key is the first half of the block
 * `philox(key, [stream low, stream high, 0, 1])`, so it depends on the key and the stream only, and a
 * fork of a fork on the seed and the path only (the tree construction of Claessen and Pałka,
 * "Splittable Pseudorandom Number Generators using Cryptographic Hashing", 2013).
 */
export function philoxSource(state: Pick<RandomState, 'key' | 'counter' | 'used'>): Random {
  const key = Uint32Array.from(state.key);
  const counter = Uint32Array.from(state.counter);
  const block = new Uint32Array(4);
  let used = state.used;
  philox4x32(counter, key, block);

  function nextUint32(): number {
    if (used === block.length) {
      counter[0]!++;
      if (counter[0] === 0) counter[1]!++;
      philox4x32(counter, key, block);
      used = 0;
    }
    return block[used++]!;
  }

  return {
    nextUint32,
    next() {
      const high = nextUint32() >>> 5;
      const low = nextUint32() >>> 6;
      return (high * 0x4000000 + low) / 0x20000000000000;
    },
    fork(stream) {
      if (!Number.isSafeInteger(stream) || stream < 0) {
        throw invalidParameter('fork', 'stream', stream, 'an integer from 0 to 2^53 - 1');
      }
      const child = new Uint32Array(4);
      philox4x32([stream >>> 0, Math.floor(stream / 0x100000000), 0, forkDomain], key, child);
      return philoxSource({ key: [child[0]!, child[1]!], counter: [0, 0, 0, drawDomain], used: 0 });
    },
    get state() {
      return { algorithm, key: Array.from(key), counter: Array.from(counter), used };
    },
  };
}
