import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPieceTokenizer, createTestModel, hashedLogits } from '../testing';
import { rankContinuations } from './rank-continuations';
import { scoreContinuation } from './score-continuation';
import { scoreText } from './score-text';

const logitsAfter = hashedLogits(9);
const create = (missing: object = {}, contextLength = 64) => {
  const model = createTestModel({ vocabSize: 9, logitsAfter, contextLength });
  return Object.assign(model, { capabilities: { ...model.capabilities, ...missing } });
};

/** By definition, from all the ids before. */
function logProbability(before: readonly number[], id: number): number {
  const logits = logitsAfter(before);
  return logits[id]! - Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
}

const idLists = (minLength: number, maxLength: number) =>
  fc.array(fc.nat({ max: 8 }), { minLength, maxLength });

describe('scoreText', () => {
  test('each token once, from what its window holds before it', async () => {
    const settings = fc.record({
      window: fc.integer({ min: 2, max: 12 }),
      part: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(idLists(2, 40), settings, async (ids, { window, part }) => {
        const stride = Math.max(1, Math.floor(window * part));
        const model = create();
        const score = await scoreText({ model, text: ids, window, stride });
        const expected = new Float64Array(ids.length).fill(Number.NaN);
        for (let begin = 0; begin < ids.length; begin += stride) {
          const end = Math.min(begin + window, ids.length);
          for (let i = begin + 1; i < end; i++) {
            if (Number.isNaN(expected[i])) expected[i] = -logProbability(ids.slice(begin, i), ids[i]!);
          }
          if (end === ids.length) break;
        }
        const scored = expected.filter((loss) => !Number.isNaN(loss));
        expect(score.scored).toBe(scored.length);
        score.losses.forEach((loss, i) => {
          if (Number.isNaN(expected[i]!)) expect(loss).toBeNaN();
          else expect(loss).toBeCloseTo(expected[i]!, 9);
        });
        const mean = scored.reduce((sum, loss) => sum + loss, 0) / scored.length;
        expect(score.meanLoss).toBeCloseTo(mean, 9);
        expect(score.perplexity).toBeCloseTo(Math.exp(mean), 6);
        expect(model.log.liveSessions).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  test('a model without all positions or truncation gives the same', async () => {
    const text = [1, 2, 3, 4, 5, 6, 7, 8, 1, 1];
    const whole = await scoreText({ model: create(), text, window: 4, stride: 2 });
    const poor = create({ allPositions: false, truncate: false });
    const slow = await scoreText({ model: poor, text, window: 4, stride: 2 });
    expect(slow.losses).toEqual(whole.losses);
    expect(poor.log.liveSessions).toBe(0);
  });

  test('refuses illegal values, and stops when asked to', async () => {
    const model = create();
    for (const [parameter, options] of [
      ['window', { window: 1 }],
      ['window', { window: 65 }],
      ['stride', { stride: 9, window: 8 }],
      ['text', { text: [1] }],
    ] as const) {
      await expect(scoreText({ model, text: [1, 2], ...options })).rejects.toMatchObject({
        code: 'invalid-parameter',
        details: { parameter },
      });
    }
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(scoreText({ model, text: [1, 2], signal })).rejects.toThrow('enough');
    expect(model.log.liveSessions).toBe(0);
  });
});

describe('rankContinuations', () => {
  test('the sum of what each token has, the most probable first; the prompt is read once', async () => {
    await fc.assert(
      fc.asyncProperty(
        idLists(1, 6),
        fc.array(idLists(1, 5), { minLength: 1, maxLength: 20 }),
        async (prompt, continuations) => {
          const model = create();
          const ranked = await rankContinuations({ model, prompt, continuations });
          expect(
            model.log.forwards.filter(
              ([row]) => row!.length === prompt.length && row!.join() === prompt.join(),
            ).length,
          ).toBeGreaterThanOrEqual(1);
          for (const [
            place,
            { index, ids, logProbabilities, logProbability: sum, meanLogProbability },
          ] of ranked.entries()) {
            const continuation = continuations[index]!;
            expect([...ids]).toEqual(continuation);
            continuation.forEach((id, i) => {
              const before = [...prompt, ...continuation.slice(0, i)];
              expect(logProbabilities[i]).toBeCloseTo(logProbability(before, id), 9);
            });
            expect(sum).toBeCloseTo(
              logProbabilities.reduce((total, value) => total + value, 0),
              9,
            );
            expect(meanLogProbability).toBeCloseTo(sum / continuation.length, 12);
            if (place > 0) expect(sum).toBeLessThanOrEqual(ranked[place - 1]!.logProbability);
          }
          expect(model.log.liveSessions).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('by mean, and on a model that can neither fork nor select', async () => {
    const options = { prompt: [1, 2], continuations: [[3], [4, 5, 6], [7, 8]] };
    const ranked = await rankContinuations({ ...options, model: create(), by: 'mean' });
    const means = ranked.map(({ meanLogProbability }) => meanLogProbability);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    const poor = create({ fork: false, select: false, allPositions: false });
    expect(await rankContinuations({ ...options, model: poor, by: 'mean' })).toEqual(ranked);
  });

  test('text is cut together with its prompt where the prompt stays as it is', async () => {
    const tokenizer = createPieceTokenizer(['a', 'b', 'ab', 'bb', ' ', 'c']);
    const model = create();
    const options = { model, tokenizer, addSpecialTokens: false };
    const { ids } = await scoreContinuation({ ...options, prompt: 'c', continuation: 'ab' });
    expect([...ids]).toEqual([2]);
    const merged = await scoreContinuation({ ...options, prompt: 'a', continuation: 'b' });
    expect([...merged.ids]).toEqual([1]);
  });

  test('refuses what it cannot score', async () => {
    const model = create({}, 4);
    const options = { model, prompt: [1, 2] };
    await expect(rankContinuations({ ...options, continuations: [] })).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
    await expect(rankContinuations({ ...options, continuations: [[]] })).rejects.toMatchObject({
      code: 'empty-prompt',
    });
    await expect(rankContinuations({ ...options, continuations: [[1], [1, 2, 3, 4]] })).rejects.toMatchObject(
      {
        code: 'context-overflow',
        details: { continuation: 1 },
      },
    );
  });
});
