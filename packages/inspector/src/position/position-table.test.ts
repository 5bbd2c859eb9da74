import { createPieceTokenizer, createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import { describe, expect, test } from 'vitest';
import { positionTable } from './position-table';

const vocabSize = 6;
const logitsAfter = hashedLogits(vocabSize, 5);
const tokenizer = createPieceTokenizer(['a', 'bc', ' ', '<s>', 'é'], { special: ['<s>'] });
const idsOf = (length: number) => Array.from({ length }, (_, index) => (index * 7 + (index >> 2)) % 5);

/** -ln p of every id but the first, straight from the definition. */
function losses(ids: readonly number[]): number[] {
  return ids.slice(1).map((id, index) => {
    const logits = logitsAfter(ids.slice(0, index + 1));
    return Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0)) - logits[id]!;
  });
}

describe('positionTable', () => {
  test('every position with the logits that predicted it', async () => {
    const model = createTestModel({ vocabSize, logitsAfter });
    const table = await positionTable(model, [3, 1, 4], tokenizer, { top: 2 });
    expect(table.rows.map(({ position, id, token, text }) => [position, id, token, text])).toEqual([
      [0, 3, '<s>', '<s>'],
      [1, 1, 'bc', 'bc'],
      [2, 4, 'é', 'é'],
    ]);
    expect(table.rows[0]).not.toHaveProperty('prediction');
    for (const [index, loss] of losses([3, 1, 4]).entries()) {
      const logits = logitsAfter([3, 1, 4].slice(0, index + 1));
      const { id, prediction } = table.rows[index + 1]!;
      expect(prediction!.logit).toBe(logits[id]);
      expect(prediction!.probability).toBeCloseTo(Math.exp(-loss), 12);
      expect(prediction!.surprisal).toBeCloseTo(loss / Math.LN2, 12);
      const order = logits.map((_, other) => other).sort((a, b) => logits[b]! - logits[a]!);
      expect(prediction!.rank).toBe(order.indexOf(id) + 1);
      expect(prediction!.alternatives.map((other) => other.id)).toEqual(order.slice(0, 2));
    }
  });

  test.each([2, 64, 65, 66, 150])('loss, perplexity and bits per byte of %i ids', async (length) => {
    const ids = idsOf(length);
    const model = createTestModel({ vocabSize, logitsAfter });
    const { scored, negativeLogLikelihood, perplexity, bitsPerByte } = await positionTable(
      model,
      ids,
      tokenizer,
    );
    const loss = losses(ids).reduce((sum, value) => sum + value, 0);
    const bytes = ids.slice(1).reduce((sum, id) => sum + [1, 2, 1, 0, 2][id]!, 0);
    expect(scored).toBe(length - 1);
    expect(negativeLogLikelihood).toBeCloseTo(loss, 9);
    expect(perplexity).toBeCloseTo(Math.exp(loss / (length - 1)), 9);
    expect(bitsPerByte).toBeCloseTo(loss / Math.LN2 / bytes, 9);
    expect(Math.max(...model.log.forwards.map(([row]) => row!.length))).toBeLessThanOrEqual(64);
    expect(model.log.forwards.flat(2)).toEqual(ids.slice(0, -1));
    expect(model.log).toMatchObject({ liveSessions: 0, overwrittenLogits: 0 });
  });

  test('a model that gives the last position only is read token by token, with the same result', async () => {
    const ids = idsOf(9);
    const model = createTestModel({ vocabSize, logitsAfter, allPositions: false });
    const expected = await positionTable(createTestModel({ vocabSize, logitsAfter }), ids, tokenizer);
    expect(await positionTable(model, ids, tokenizer)).toEqual(expected);
    expect(model.log.forwards).toHaveLength(8);
  });

  test('in a session the positions before count as context; it stays open', async () => {
    const model = createTestModel({ vocabSize, logitsAfter });
    const session = await model.createSession();
    await session.forward([[3, 1]]);
    const table = await positionTable(session, [4, 0], tokenizer);
    const whole = await positionTable(model, [3, 1, 4, 0], tokenizer);
    expect(table.rows[1]!.prediction).toEqual(whole.rows[3]!.prediction);
    expect(session.lengths).toEqual([3]);
    expect(model.log.liveSessions).toBe(1);
  });

  test('one token alone has nothing to be predicted from', async () => {
    const model = createTestModel({ vocabSize, logitsAfter });
    expect(await positionTable(model, [2])).toEqual({
      rows: [{ position: 0, id: 2, token: '#2', text: '' }],
      scored: 0,
      negativeLogLikelihood: 0,
      perplexity: undefined,
      bitsPerByte: undefined,
    });
  });

  test('reports progress; an abort rejects with its reason and disposes the session', async () => {
    const model = createTestModel({ vocabSize, logitsAfter });
    const seen: unknown[] = [];
    await positionTable(model, idsOf(100), undefined, { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([
      { done: 64, total: 99 },
      { done: 99, total: 99 },
    ]);
    const controller = new AbortController();
    const reason = new Error('enough');
    const run = positionTable(model, idsOf(100), undefined, {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(run).rejects.toBe(reason);
    expect(model.log.liveSessions).toBe(0);
  });

  test.each([
    ['empty-prompt', [], {}, {}],
    ['invalid-token-id', [1, 6], {}, { id: 6, vocabSize: 6 }],
    ['invalid-token-id', [1, 0.5], {}, { id: 0.5 }],
    ['context-overflow', idsOf(12), {}, { length: 11, contextLength: 10 }],
    ['unsupported-option', [1], { chunk: 3 }, { option: 'chunk' }],
    ['invalid-parameter', [1], { top: 0.5 }, { parameter: 'top' }],
  ])('%s', async (code, ids, options, details) => {
    const model = createTestModel({ vocabSize, contextLength: 10, logitsAfter });
    await expect(positionTable(model, ids, undefined, options as never)).rejects.toMatchObject({
      code,
      details,
    });
    expect(model.log.createdSessions).toBe(0);
  });
});
