import { scoreText } from '@nexttoken/generate';
import { createPieceTokenizer, createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { positionTable } from '../position/position-table';
import { groupLosses } from './group-losses';
import type { LossGranularity, LossRow } from './loss-data';
import { lossTable } from './loss-table';
import { worstTokens } from './worst-tokens';

const tokenizer = createPieceTokenizer(['a', 'b', ' ', '<s>', 'é', '.', '\n'], { special: ['<s>'], bos: 3 });
const model = createTestModel({ vocabSize: 7, contextLength: 64, logitsAfter: hashedLogits(7, 2) });

const row = (text: string, surprisal: number | null = 1): LossRow => ({
  position: 0,
  id: 0,
  token: text,
  text,
  bytes: text.length,
  ...(surprisal !== null && { surprisal, loss: surprisal * Math.LN2 }),
});

describe('lossTable', () => {
  test('of scoreText and of a position table: the same losses; the latter knows ranks and entropies', async () => {
    const text = 'ab éa. ba';
    const score = await scoreText({ model, tokenizer, text });
    const scored = lossTable(score, tokenizer);
    const table = lossTable(await positionTable(model, score.ids, tokenizer), tokenizer);
    expect(scored.rows.map(({ loss }) => loss)).toEqual(
      table.rows.map(({ loss }) => (loss === undefined ? undefined : expect.closeTo(loss, 9))),
    );
    expect([scored.rows[0]!.loss, scored.rows[0]!.bytes]).toEqual([undefined, 0]);
    expect(scored).toMatchObject({
      scored: 9,
      meanLoss: expect.closeTo(score.meanLoss, 12),
      perplexity: expect.closeTo(score.perplexity, 9),
    });
    // é is two bytes.
    const bits = (score.meanLoss * 9) / Math.LN2;
    expect(scored.bitsPerByte).toBeCloseTo(bits / 10, 9);
    expect(table.rows[3]).toMatchObject({ rank: expect.any(Number), entropy: expect.any(Number) });
    expect(lossTable(score).bitsPerByte).toBeUndefined();
  });

  test('a window shorter than the text: every token but the first is scored once', async () => {
    const score = await scoreText({ model, tokenizer, text: 'ab ab ab ab', window: 4, stride: 2 });
    const { rows, scored } = lossTable(score, tokenizer);
    expect([rows.length, scored]).toEqual([12, 11]);
    const worst = worstTokens(lossTable(score, tokenizer), 3);
    expect(worst.map(({ loss }) => loss)).toEqual(
      [...score.losses]
        .filter((loss) => !Number.isNaN(loss))
        .sort((a, b) => b - a)
        .slice(0, 3),
    );
    expect(() => worstTokens(lossTable(score), -1)).toThrow('count');
  });
});

describe('groupLosses', () => {
  const texts = (pieces: readonly string[], granularity: Parameters<typeof groupLosses>[1]) =>
    groupLosses(
      pieces.map((text) => row(text)),
      granularity,
    ).map(({ text }) => text);

  test('words, lines, sentences, expressions', () => {
    const pieces = ['The', ' c', 'at', ' sat', '.', '\n', 'It', ' left'];
    expect(texts(pieces, 'token')).toEqual(pieces);
    expect(texts(pieces, 'word')).toEqual(['The', ' cat', ' sat.\n', 'It', ' left']);
    expect(texts(pieces, 'line')).toEqual(['The cat sat.\n', 'It left']);
    expect(texts(pieces, 'sentence')).toEqual(['The cat sat.\n', 'It left']);
    expect(texts(pieces, /[A-Z]\w*/)).toEqual(['The', ' cat sat.\n', 'It', ' left']);
  });

  test('bits are added up, unscored tokens are none', () => {
    const groups = groupLosses([row('a', null), row('b', 2), row(' c', 3), row('d', 5)], 'word');
    expect(groups).toMatchObject([
      { text: 'ab', surprisal: 2, scored: 1, mean: 2 },
      { text: ' cd', surprisal: 8, scored: 2, mean: 4 },
    ]);
    expect(() => groupLosses([], 'letter' as 'word')).toThrow('granularity');
  });

  test('any text in any pieces: nothing is lost', () => {
    const granularity = fc.constantFrom<LossGranularity>(
      'token',
      'word',
      'sentence',
      'line',
      /a+/,
      /\b/u,
      /x*/g,
    );
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 })), granularity, (pieces, unit) => {
        const groups = groupLosses(
          pieces.map((text) => row(text)),
          unit,
        );
        expect(groups.map(({ text }) => text).join('')).toBe(pieces.join(''));
        expect(groups.reduce((sum, { scored }) => sum + scored, 0)).toBe(pieces.length);
      }),
    );
  });
});
