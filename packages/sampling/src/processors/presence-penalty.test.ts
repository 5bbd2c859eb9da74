import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRow } from '../testing/arbitrary-row';
import { contextOf, run } from '../testing/run-processor';
import { presencePenalty } from './presence-penalty';

const gone = Number.NEGATIVE_INFINITY;

/** The row of four ones after the ids, of which so many are the prompt. */
function penalised(options: object, ids: readonly number[], promptLength: number): number[] {
  const scores = Float32Array.of(1, 1, 1, 1);
  presencePenalty(0.5, options).process(scores, contextOf(ids, promptLength), undefined);
  return Array.from(scores);
}

describe('presencePenalty', () => {
  test.each([
    ['once for each distinct id', {}, [0, 0, 2], 0, [0.5, 1, 0.5, 1]],
    ['what was generated only', {}, [1, 1, 1, 2, 0], 3, [0.5, 1, 0.5, 1]],
    ['the prompt too', { includePrompt: true }, [0, 0, 1, 2, 0], 3, [0.5, 0.5, 0.5, 1]],
    ['the last ids', { includePrompt: true, lastTokens: 2 }, [1, 1, 1, 2, 0], 3, [0.5, 1, 0.5, 1]],
    ['both windows at once', { lastTokens: 4 }, [0, 0, 1, 2, 3], 3, [1, 1, 0.5, 0.5]],
    ['no ids', {}, [], 0, [1, 1, 1, 1]],
  ])('%s', (_name, options, ids, promptLength, expected) => {
    expect(penalised(options, ids, promptLength)).toEqual(expected);
  });

  test('a negative penalty invites repetition, a removed token stays removed', () => {
    const scores = Float32Array.of(1, gone);
    presencePenalty(-1).process(scores, contextOf([0, 1], 0), undefined);
    expect(Array.from(scores)).toEqual([2, gone]);
  });

  test('leaves nothing behind for the next call, and no row touches another', () => {
    const processor = presencePenalty(0.5, { includePrompt: true });
    run(processor, [1, 1], [0, 5]);
    expect(Array.from(run(processor, [1, 1], [1]))).toEqual([1, 0.5]);
  });

  test('0 changes no bit; nor do ids beyond the vocabulary', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.array(fc.nat({ max: 250 })), (row, ids) => {
        expect(run(presencePenalty(0, { includePrompt: true }), row, ids)).toEqual(row);
        const beyond = [row.length, row.length + 7, -1];
        expect(run(presencePenalty(3, { includePrompt: true }), row, beyond)).toEqual(row);
      }),
    );
  });

  test('does not depend on the order of the ids', () => {
    fc.assert(
      fc.property(arbitraryRow, fc.array(fc.nat({ max: 250 })), (row, ids) => {
        const processor = presencePenalty(1.7, { includePrompt: true });
        expect(run(processor, row, ids)).toEqual(run(processor, row, ids.toReversed()));
      }),
    );
  });

  test('describes itself', () => {
    expect(presencePenalty(0.3)).toMatchObject({
      kind: 'processor',
      type: 'presencePenalty',
      parameters: { penalty: 0.3, includePrompt: false },
    });
    const options = { includePrompt: true, lastTokens: 64 };
    expect(presencePenalty(0.3, options).parameters).toEqual({ penalty: 0.3, ...options });
  });

  test.each([
    [Number.NaN, {}, 'penalty'],
    [Number.POSITIVE_INFINITY, {}, 'penalty'],
    ['1', {}, 'penalty'],
    [1, { lastTokens: 0 }, 'lastTokens'],
    [1, { lastTokens: 2.5 }, 'lastTokens'],
    [1, { includePrompt: 1 }, 'includePrompt'],
  ])('refuses %s, %j', (penalty, options, parameter) => {
    expect(() => presencePenalty(penalty as never, options as never)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        details: expect.objectContaining({ parameter, owner: 'presencePenalty' }),
      }),
    );
  });

  test('refuses unknown options', () => {
    expect(() => presencePenalty(1, { last_n: 64 } as never)).toThrow(/unknown option last_n/);
  });
});
