import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStopMatcher } from './stop-matcher';

/** The definition, by brute force: the shortest beginning of the text that ends with a stop string. */
function cut(text: string, stops: readonly string[]): string | undefined {
  for (let end = 1; end <= text.length; end++) {
    const found = stops.filter((stop) => text.slice(0, end).endsWith(stop));
    if (found.length > 0) return text.slice(0, end - Math.max(...found.map((stop) => stop.length)));
  }
  return undefined;
}

function run(pieces: readonly string[], stops: readonly string[]) {
  const matcher = createStopMatcher(stops);
  const emitted = pieces.map((piece) => matcher.push(piece));
  return { emitted, rest: matcher.end(), stopped: matcher.stopped };
}

// Few letters, so that stop strings occur, overlap and repeat; one character outside the BMP.
const letters = fc.constantFrom('a', 'b', 'c', '\u{1f600}', '\u{1f601}');
const word = (minLength: number, maxLength: number) => fc.string({ unit: letters, minLength, maxLength });
const stopLists = fc.array(word(1, 4), { maxLength: 3 });
const pieceLists = fc.array(word(0, 4), { maxLength: 12 });

describe('createStopMatcher', () => {
  test.each([
    ['within one piece', ['one STOP two'], ['STOP'], 'one ', true],
    ['over several pieces', ['one S', 'T', 'OP', ' two'], ['STOP'], 'one ', true],
    ['at the very beginning', ['STOP'], ['STOP'], '', true],
    ['false start, then the real one', ['ST', 'STOP'], ['STOP'], 'ST', true],
    ['overlapping itself', ['aaa', 'ab'], ['aab'], 'aa', true],
    ['unfinished at the end', ['one STO'], ['STOP'], 'one STO', false],
    ['of two, the one complete first', ['abc'], ['abc', 'b'], 'a', true],
    ['of two that end together, the longer', ['xabc'], ['c', 'abc'], 'x', true],
    ['no stop strings', ['any', 'thing'], [], 'anything', false],
  ])('%s', (_, pieces, stops, text, stopped) => {
    const result = run(pieces, stops);
    expect(result.emitted.join('') + result.rest).toBe(text);
    expect(result.stopped).toBe(stopped);
  });

  test('lets through at once what cannot be part of a stop string', () => {
    expect(run(['ab', 'x\n', '\n', 'y'], ['\n\n']).emitted).toEqual(['ab', 'x', '', '']);
    expect(run(['ab\n', 'c'], ['\n\n']).emitted).toEqual(['ab', '\nc']);
  });

  test('says nothing after the stop', () => {
    const matcher = createStopMatcher(['.']);
    expect([matcher.push('a.b'), matcher.push('c'), matcher.end()]).toEqual(['a', '', '']);
  });

  test('however the text is cut into pieces, it ends before the first stop string', () => {
    fc.assert(
      fc.property(pieceLists, stopLists, (pieces, stops) => {
        const { emitted, rest, stopped } = run(pieces, stops);
        const text = pieces.join('');
        const expected = cut(text, stops);
        expect(stopped).toBe(expected !== undefined);
        expect(emitted.join('') + rest).toBe(expected ?? text);
      }),
      { numRuns: 2000 },
    );
  });

  test('holds back no more than needed: the rest is always the beginning of a stop string', () => {
    fc.assert(
      fc.property(pieceLists, stopLists, (pieces, stops) => {
        const { rest } = run(pieces, stops);
        expect(rest === '' || stops.some((stop) => stop.startsWith(rest))).toBe(true);
      }),
    );
  });
});
