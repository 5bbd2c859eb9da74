import { invalidParameter, type Random, type RandomState } from '@nexttoken/model';
import { algorithm, philoxSource } from './philox-source';

function isWords(value: unknown, length: number): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length === length &&
    value.every((word) => Number.isInteger(word) && word >= 0 && word <= 0xffffffff)
  );
}

/**
 * The source that had this state: it continues with the number that would have come next, and forks as
 * the original does.
 *
 * @param state what `random.state` returned, e.g. read back from JSON
 * @throws NextTokenError `invalid-parameter` when it is not a state of this algorithm
 */
export function restoreRandom(state: RandomState): Random {
  const refuse = (parameter: string, value: unknown, expected: string) =>
    invalidParameter('restoreRandom', parameter, value, expected);
  if (state.algorithm !== algorithm) throw refuse('algorithm', state.algorithm, `"${algorithm}"`);
  if (!isWords(state.key, 2)) throw refuse('key', state.key, '2 unsigned 32-bit integers');
  if (!isWords(state.counter, 4)) throw refuse('counter', state.counter, '4 unsigned 32-bit integers');
  if (state.counter[2] !== 0 || state.counter[3] !== 0) {
    throw refuse('counter', state.counter, 'a counter whose upper two words are 0');
  }
  if (!Number.isInteger(state.used) || state.used < 0 || state.used > 4) {
    throw refuse('used', state.used, 'an integer from 0 to 4');
  }
  return philoxSource(state);
}
