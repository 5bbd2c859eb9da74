import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { run, runPlain } from '../testing/run-processor';
import { type DryOptions, dry } from './dry';

const gone = Number.NEGATIVE_INFINITY;

/** What each token loses of a row of zeros. */
const penalties = (ids: readonly number[], options: DryOptions = {}, vocabSize = 5) =>
  runPlain(dry(1, { base: 2, allowedLength: 1, ...options }), new Float32Array(vocabSize), ids).map(
    (score) => 0 - score,
  );

/** The rule by comparing every place with the end, and every sequence with every breaker. */
function naive(ids: readonly number[], vocabSize: number, allowed: number, breakers: readonly number[][]) {
  let limit = ids.length;
  for (let start = ids.length - 1; start >= 0 && limit === ids.length; start--) {
    for (const sequence of breakers) {
      const isHere = sequence.every((id, i) => ids[start + i] === id);
      if (isHere) limit = Math.min(limit, ids.length - start - sequence.length);
    }
  }
  const longest = new Array<number>(vocabSize).fill(-1);
  for (let place = 1; place < ids.length && ids.length > allowed && limit >= allowed; place++) {
    let length = 0;
    while (length < place && length < limit && ids[place - 1 - length] === ids[ids.length - 1 - length])
      length++;
    if (length >= allowed) longest[ids[place]!] = Math.max(longest[ids[place]!]!, length);
  }
  const single = new Set(breakers.filter((sequence) => sequence.length === 1).map(([id]) => id));
  return longest.map((length, id) => (length < 0 || single.has(id) ? 0 : 2 ** (length - allowed)));
}

describe('dry', () => {
  // The windows of llama.cpp's own example: a b c c b c y a b c, see llama_sampler_dry_apply.
  test.each([
    ['the longest match decides', [0, 1, 2, 2, 1, 2, 3, 0, 1, 2], {}, [0, 1, 4, 2, 0]],
    ['a longer allowed length', [0, 1, 2, 2, 1, 2, 3, 0, 1, 2], { allowedLength: 3 }, [0, 0, 1, 0, 0]],
    ['no repetition', [0, 1, 2, 3], {}, [0, 0, 0, 0, 0]],
    ['nothing before it', [0], {}, [0, 0, 0, 0, 0]],
    ['runs of one token', [0, 0, 0, 0], {}, [4, 0, 0, 0, 0]],
    ['only the last ids', [0, 1, 2, 3, 0, 1], { lastTokens: 3 }, [0, 0, 0, 0, 0]],
    ['a breaker ends the repetition', [0, 1, 2, 3, 4, 0, 1, 2], { breakers: [0] }, [0, 0, 0, 2, 0]],
    ['a breaker is not penalised', [0, 1, 2, 3, 4, 0, 1, 2], { breakers: [3] }, [0, 0, 0, 0, 0]],
    ['a sequence as a breaker', [0, 1, 2, 3, 4, 0, 1, 2], { breakers: [[0, 1]] }, [0, 0, 0, 1, 0]],
    ['half a breaker is none', [0, 1, 2, 3, 4, 0, 1, 2], { breakers: [[2, 0]] }, [0, 0, 0, 4, 0]],
    ['a breaker at the very end', [0, 1, 0, 1], { breakers: [1] }, [0, 0, 0, 0, 0]],
  ])('%s', (_name, ids, options, expected) => {
    expect(penalties(ids, options)).toEqual(expected);
  });

  test('equals the plain rule', () => {
    const ids = fc
      .integer({ min: 1, max: 3 })
      .chain((top) => fc.array(fc.nat({ max: top }), { maxLength: 60 }));
    const sequence = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(
        ids,
        fc.nat({ max: 4 }),
        fc.array(sequence, { maxLength: 2 }),
        (row, allowedLength, breakers) => {
          expect(penalties(row, { allowedLength, breakers })).toEqual(naive(row, 5, allowedLength, breakers));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('longer breakers: of those that begin at one place the longest counts', () => {
    const breakers = [[0, 1], [0, 1, 1], [2]];
    expect(penalties([3, 4, 0, 1, 1, 3, 4, 0, 1, 1, 3], { breakers })).toEqual([0, 0, 0, 0, 1]);
  });

  test('the penalty is clamped where it would overflow, and removed tokens stay removed', () => {
    const ids = Array.from({ length: 600 }, (_, i) => i % 2);
    const [first, second] = runPlain(dry(0.8), [1, gone], ids);
    expect(first).toBeLessThan(-1e37);
    expect(Number.isFinite(first)).toBe(true);
    expect(second).toBe(gone);
  });

  test('0 changes no bit; ids beyond the vocabulary are passed over', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.array(fc.nat({ max: 3 })), (row, ids) => {
        expect(run(dry(0), row, ids)).toEqual(row);
        const beyond = ids.map((id) => id + row.length);
        expect(run(dry(1), row, beyond)).toEqual(row);
      }),
    );
  });

  test('leaves nothing behind for the next call', () => {
    const processor = dry(1, { base: 2, allowedLength: 1 });
    run(processor, [0, 0], [0, 0, 0]);
    expect(runPlain(processor, [0, 0], [1, 1])).toEqual([0, -1]);
  });

  test('is data, with sequences as given', () => {
    expect(dry(0.8, { breakers: [3, [1, 2]], lastTokens: 64 })).toMatchObject({
      type: 'dry',
      parameters: { multiplier: 0.8, base: 1.75, allowedLength: 2, lastTokens: 64, breakers: [[3], [1, 2]] },
    });
  });

  test.each([
    [-1, {}, 'multiplier'],
    [Number.NaN, {}, 'multiplier'],
    [1, { base: 0.9 }, 'base'],
    [1, { allowedLength: -1 }, 'allowedLength'],
    [1, { allowedLength: 1.5 }, 'allowedLength'],
    [1, { lastTokens: 0 }, 'lastTokens'],
    [1, { breakers: [[]] }, 'breakers'],
    [1, { breakers: [-1] }, 'breakers'],
  ])('refuses %d, %j', (multiplier, options, parameter) => {
    expect(() => dry(multiplier, options)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ parameter }) }),
    );
  });

  test('refuses unknown options', () => {
    expect(() => dry(1, { range: 1 } as never)).toThrow(/unknown option range/);
  });
});
