import type { RandomState } from '@nexttoken/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from './create-random';
import { philox4x32 } from './philox4x32';
import { restoreRandom } from './restore-random';

function words(source: { nextUint32(): number }, count: number): number[] {
  return Array.from({ length: count }, () => source.nextUint32());
}

describe('philox4x32', () => {
  // Known-answer vectors of Random123 (`philox4x32 10` in its kat_vectors file).
  test.each([
    ['zeros', [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
    [
      'ones',
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      'digits of pi',
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('known answer: %s', (_name, counter, key, expected) => {
    const out = new Uint32Array(4);
    philox4x32(counter, key, out);
    expect(Array.from(out)).toEqual(expected);
  });
});

describe('createRandom', () => {
  test('seed 0 begins with the known-answer block', () => {
    expect(words(createRandom(0), 4)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  });

  test('next takes 26 and 27 bits of two words', () => {
    const [a, b] = words(createRandom(0), 2) as [number, number];
    expect(createRandom(0).next()).toBe(((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53);
  });

  test('a number and its bigint are one seed; the high half of a bigint counts', () => {
    expect(words(createRandom(5), 8)).toEqual(words(createRandom(5n), 8));
    expect(words(createRandom(2 ** 40 + 5), 8)).toEqual(words(createRandom(2n ** 40n + 5n), 8));
    expect(words(createRandom(2n ** 40n + 5n), 8)).not.toEqual(words(createRandom(5n), 8));
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 53, -1n, 2n ** 64n, '1' as never])('refuses the seed %s', (seed) => {
    expect(() => createRandom(seed)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining('seed') }),
    );
  });

  test('lies in [0, 1) with the mean, variance and bins of a uniform', () => {
    const random = createRandom(2024);
    const count = 200_000;
    const bins = new Array<number>(100).fill(0);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const u = random.next();
      bins[Math.floor(u * 100)]!++;
      sum += u;
      squares += u * u;
    }
    const mean = sum / count;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(squares / count - mean * mean).toBeCloseTo(1 / 12, 2);
    const chiSquare = bins.reduce((total, seen) => total + (seen - count / 100) ** 2 / (count / 100), 0);
    // 99 degrees of freedom: mean 99, standard deviation 14.1.
    expect(chiSquare).toBeGreaterThan(99 - 4 * 14.1);
    expect(chiSquare).toBeLessThan(99 + 4 * 14.1);
  });
});

describe('fork', () => {
  test('depends on seed and path, not on what was drawn', () => {
    const drawn = createRandom(3);
    const expected = words(drawn.fork(1).fork(2), 6);
    words(drawn, 1001);
    const child = drawn.fork(1);
    words(child, 17);
    expect(words(child.fork(2), 6)).toEqual(expected);
    expect(words(createRandom(4).fork(1).fork(2), 6)).not.toEqual(expected);
  });

  test('does not disturb its parent', () => {
    const plain = createRandom(3);
    const forking = createRandom(3);
    forking.fork(0).next();
    expect(words(forking, 9)).toEqual(words(plain, 9));
  });

  test('every path of a small tree begins differently', () => {
    const beginnings = new Set<string>();
    const root = createRandom(1);
    const paths = [[], ...[0, 1, 2 ** 32, 2 ** 53 - 1].flatMap((a) => [[a], [a, 0], [a, 1], [a, a, a]])];
    for (const path of paths) {
      const source = path.reduce((parent, stream) => parent.fork(stream), root);
      beginnings.add(words(source, 2).join());
    }
    expect(beginnings.size).toBe(new Set(paths.map((path) => path.join())).size);
  });

  test('siblings and parent are uncorrelated', () => {
    const root = createRandom(99);
    const sources = [root, root.fork(0), root.fork(1), root.fork(0).fork(0)];
    const count = 20_000;
    const draws = sources.map((source) => Array.from({ length: count }, () => source.next() - 0.5));
    for (let a = 0; a < draws.length; a++) {
      for (let b = 0; b < a; b++) {
        const covariance = draws[a]!.reduce((sum, u, i) => sum + u * draws[b]![i]!, 0) / count;
        // The standard deviation of the correlation is 1 / sqrt(count).
        expect(Math.abs(covariance * 12)).toBeLessThan(4 / Math.sqrt(count));
      }
    }
  });

  test.each([-1, 0.5, 2 ** 53, Number.NaN])('refuses the stream %d', (stream) => {
    expect(() => createRandom(0).fork(stream)).toThrow(/fork: stream/);
  });
});

describe('restoreRandom', () => {
  test('continues where the state was taken, through JSON, and forks alike', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat({ max: 40 }), fc.nat({ max: 3 }), (seed, draws, stream) => {
        const original = createRandom(seed).fork(stream);
        words(original, draws);
        const restored = restoreRandom(JSON.parse(JSON.stringify(original.state)) as RandomState);
        expect(restored.state).toEqual(original.state);
        expect(restored.fork(8).next()).toBe(original.fork(8).next());
        expect(words(restored, 9)).toEqual(words(original, 9));
      }),
    );
  });

  test('the counter carries into its second word', () => {
    const state = createRandom(1).state;
    const source = restoreRandom({ ...state, counter: [0xffffffff, 0, 0, 0], used: 4 });
    source.nextUint32();
    expect(source.state.counter).toEqual([0, 1, 0, 0]);
  });

  test('state is a copy', () => {
    const random = createRandom(1);
    const before = random.state;
    random.next();
    expect(before.used).toBe(0);
    expect(random.state.used).toBe(2);
  });

  test.each([
    [{ algorithm: 'mt19937' }, 'algorithm'],
    [{ key: [1] }, 'key'],
    [{ key: [1, -1] }, 'key'],
    [{ counter: [0, 0, 0] }, 'counter'],
    [{ counter: [0, 0, 0, 1] }, 'counter'],
    [{ counter: [2 ** 32, 0, 0, 0] }, 'counter'],
    [{ used: 5 }, 'used'],
    [{ used: 0.5 }, 'used'],
  ])('refuses %j', (change, parameter) => {
    const state = { ...createRandom(1).state, ...change };
    expect(() => restoreRandom(state)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ parameter }) }),
    );
  });
});
