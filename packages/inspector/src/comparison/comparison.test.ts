import { type RunOptions, startRun } from '@nexttoken/generate';
import { createPieceTokenizer, createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import { categorical, temperature } from '@nexttoken/sampling';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignPieces } from './align-pieces';
import { alignTokenizers } from './align-tokenizers';
import { compareDistributions } from './compare-distributions';
import { compareModels } from './compare-models';
import { compareRuns } from './compare-runs';
import { mixModels } from './mix-models';

const logOf = (...probabilities: number[]) => Float32Array.from(probabilities, (p) => Math.log(p));
const row = fc
  .array(fc.float({ min: -9, max: 9, noNaN: true }), { minLength: 6, maxLength: 6 })
  .map((values) => Float32Array.from(values));

describe('compareDistributions', () => {
  test('by hand: KL, JS, overlap, ranks', () => {
    const found = compareDistributions(logOf(0.5, 0.5, 0), logOf(0.25, 0.25, 0.5), undefined, { top: 2 });
    expect(found.kl).toBeCloseTo(1, 6);
    expect(found.reverseKl).toBe(Number.POSITIVE_INFINITY);
    // m = (3/8, 3/8, 1/4)
    const js = (Math.log2(4 / 3) + (0.5 * Math.log2(2 / 3) + 0.5 * Math.log2(2))) / 2;
    expect(found.js).toBeCloseTo(js, 6);
    expect(found.moved).toBeCloseTo(0.5, 6);
    expect(found.jaccard).toBeCloseTo(1 / 3, 9);
    expect(found.sameBest).toBe(false);
    const byId = [...found.rows].sort((a, b) => a.id - b.id);
    expect(byId.map(({ id, ranks }) => [id, ...ranks])).toEqual([
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 1],
    ]);
    expect(byId[2]!.delta).toBe(Number.POSITIVE_INFINITY);
    expect(byId[0]!.delta).toBeCloseTo(-1, 6);
  });

  test('nothing differs from itself; JS is symmetric and at most 1', () => {
    fc.assert(
      fc.property(row, row, (a, b) => {
        expect(compareDistributions(a, a)).toMatchObject({
          kl: 0,
          reverseKl: 0,
          js: 0,
          moved: 0,
          sameBest: true,
        });
        const [there, back] = [compareDistributions(a, b), compareDistributions(b, a)];
        expect(there.js).toBeCloseTo(back.js, 12);
        expect(there.kl).toBeCloseTo(back.reverseKl, 12);
        expect(there.js).toBeLessThanOrEqual(1);
        // Pinsker
        expect(there.kl * Math.LN2).toBeGreaterThanOrEqual(2 * there.moved ** 2 - 1e-9);
      }),
    );
  });

  test('refusals', () => {
    expect(() => compareDistributions(logOf(1), logOf(0.5, 0.5))).toThrow('width');
    expect(() => compareDistributions(logOf(1), Float32Array.of(Number.NaN))).toThrow('NaN');
    expect(() => compareDistributions(logOf(1), logOf(1), undefined, { top: 0 })).toThrow('top');
  });
});

test('alignPieces: the finest stretches that are whole tokens of both', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fc.boolean()),
      (text, coins) => {
        const length = text.length;
        const cut = () => {
          const ends = Array.from({ length }, (_, i) => i + 1).filter(
            (end) => end === length || coins.next().value,
          );
          return ends.flatMap((end) => (coins.next().value ? [end] : [end, end]));
        };
        const [a, b] = [cut(), cut()];
        const stretches = alignPieces([a, b], length, () => true);
        const common = [...new Set(a)].filter((end) => b.includes(end));
        expect(stretches.map(({ end }) => end)).toEqual(common);
        for (const [side, ends] of [a, b].entries()) {
          const ranges = stretches.map(({ tokens }) => tokens[side]!);
          expect(ranges.map(([from]) => from)).toEqual([0, ...ranges.slice(0, -1).map(([, to]) => to)]);
          expect(ranges.at(-1)![1]).toBe(ends.length);
        }
      },
    ),
  );
});

const letters = createPieceTokenizer(['a', 'b', ' ', '<s>', 'é', '日'], { special: ['<s>'], bos: 3 });
const words = createPieceTokenizer(['ab', ' a', 'b', ' ', 'a', 'é', '日', Uint8Array.of(0xc3)]);
const modelOf = (vocabSize: number, seed: number) =>
  createTestModel({ vocabSize, logitsAfter: hashedLogits(vocabSize, seed) });

describe('compareModels', () => {
  test('one vocabulary: bits, divergences and best guesses at every token', async () => {
    const [a, b] = [modelOf(6, 1), modelOf(6, 2)];
    const found = await compareModels({
      a: { model: a, tokenizer: letters, name: 'one' },
      b: { model: b, tokenizer: letters },
      text: 'ab ba',
      top: 2,
    });
    expect(found).toMatchObject({ names: ['one', 'test'], alignment: 'ids', tokens: [5, 5], bytes: 5 });
    let [sumA, sumB] = [0, 0];
    const ids = [3, 0, 1, 2, 1, 0];
    for (const [index, segment] of found.segments.entries()) {
      const past = ids.slice(0, index + 1);
      const rows = [1, 2].map((seed) => Float32Array.from(hashedLogits(6, seed)(past)));
      const expected = compareDistributions(rows[0]!, rows[1]!);
      expect(segment.divergence!.kl).toBeCloseTo(expected.kl, 9);
      expect(segment.sameBest).toBe(expected.sameBest);
      expect(segment.pieces[0]).toMatchObject([{ id: ids[index + 1] }]);
      expect(segment.pieces[0][0]!.alternatives).toHaveLength(2);
      expect(segment.delta).toBeCloseTo(segment.bits[0]! - segment.bits[1]!, 12);
      sumA += segment.bits[0]!;
      sumB += segment.bits[1]!;
    }
    expect(found.bits).toEqual([sumA, sumB]);
    expect(found.divergences.length).toBe(found.segments.filter(({ sameBest }) => !sameBest).length);
    expect([a.log.liveSessions, b.log.liveSessions]).toEqual([0, 0]);
    expect(
      await compareModels({
        a: { model: a, tokenizer: letters },
        b: { model: a, tokenizer: letters },
        text: 'ab',
      }),
    ).toMatchObject({ meanKl: 0, meanJs: 0, divergences: [] });
  });

  test('two tokenizers: stretches with borders of both, bits summed; the first has nothing before it', async () => {
    const found = await compareModels({
      a: { model: modelOf(6, 1), tokenizer: letters },
      b: { model: modelOf(8, 2), tokenizer: words },
      text: 'ab aé日',
    });
    expect(found.alignment).toBe('bytes');
    expect(found.segments.map(({ text }) => text)).toEqual(['ab', ' a', 'é', '日']);
    expect(found.segments[0]!.bits).toEqual([expect.any(Number), undefined]);
    expect(found.segments[0]!.delta).toBeUndefined();
    expect(found.segments[1]!.pieces.map(({ length }) => length)).toEqual([2, 1]);
    // ' a' 2 bytes, 'é' 2, '日' 3
    expect(found.bytes).toBe(7);
    expect(found.meanKl).toBeUndefined();
  });

  test('something before the text of one side, which is not compared', async () => {
    const model = modelOf(6, 1);
    const found = await compareModels({
      a: { model, tokenizer: letters, before: 'ba' },
      b: { model, tokenizer: letters, before: [3, 1, 0] },
      text: 'ab',
    });
    expect(found).toMatchObject({ alignment: 'ids', meanKl: 0, bytes: 2 });
  });

  test('an abort, and refusals', async () => {
    const side = { model: modelOf(6, 1), tokenizer: letters };
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(compareModels({ a: side, b: side, text: 'a', signal })).rejects.toThrow('enough');
    await expect(compareModels({ a: side, b: side, text: '' })).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
    expect(side.model.log.liveSessions).toBe(0);
  });
});

test('mixModels: λ a + (1 − λ) b of every token', async () => {
  const side = (seed: number) => ({ model: modelOf(6, seed), tokenizer: letters });
  const found = await compareModels({ a: side(1), b: side(2), text: 'ab ba' });
  const [own, other] = [mixModels(found, 1), mixModels(found, 0)];
  expect([own.bitsPerByte, other.bitsPerByte]).toEqual(
    found.bitsPerByte.map((bits) => expect.closeTo(bits, 9)),
  );
  const half = mixModels(found, 0.5);
  for (const [index, { bits }] of found.segments.entries()) {
    expect(2 ** -half.bits[index]!).toBeCloseTo((2 ** -bits[0]! + 2 ** -bits[1]!) / 2, 9);
  }
  expect(() => mixModels(found, 1.1)).toThrow('lambda');
});

test('compareRuns: where two runs part, and how far apart they were', async () => {
  const run = async (changes: Partial<RunOptions>) => {
    const made = await startRun({
      model: modelOf(6, 1),
      prompt: [1],
      sampler: categorical(),
      seed: 5,
      maxNewTokens: 12,
      endTokenIds: [],
      capture: { logits: true },
      ...changes,
    });
    await made.dispose();
    return made.record;
  };
  const [a, b] = [await run({}), await run({ processors: temperature(3) })];
  const found = compareRuns(a, b);
  const first = found.firstDifference!;
  expect(a.ids.slice(0, first)).toEqual(b.ids.slice(0, first));
  expect(a.ids[first]).not.toBe(b.ids[first]);
  expect(found.steps.map(({ divergence }) => divergence?.js)).toEqual([
    ...Array.from({ length: first + 1 }, () => 0),
    ...Array.from({ length: 11 - first }, () => undefined),
  ]);
  expect(compareRuns(a, a).firstDifference).toBeUndefined();
  expect(compareRuns(a, { ...a, ids: a.ids.slice(0, 3) }).firstDifference).toBe(3);
});

test('alignTokenizers: stretches with borders of all, never within a character', () => {
  const found = alignTokenizers('ab aé日', [letters, words, letters]);
  expect(found.segments.map(({ text }) => text)).toEqual(['ab', ' a', 'é', '日']);
  expect(found.segments[0]!.tokens.map((tokens) => tokens.map(({ token }) => token))).toEqual([
    ['a', 'b'],
    ['ab'],
    ['a', 'b'],
  ]);
  expect([found.bytes, ...found.counts]).toEqual([9, 6, 4, 6]);
  expect(alignTokenizers('', [letters]).segments).toEqual([]);
  expect(() => alignTokenizers('a', [])).toThrow('tokenizers');
});
