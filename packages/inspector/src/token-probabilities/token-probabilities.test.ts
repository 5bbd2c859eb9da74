import { collect, generate } from '@nexttoken/generate';
import { createPieceTokenizer, createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import { temperature } from '@nexttoken/sampling';
import { describe, expect, test } from 'vitest';
import { positionTable } from '../position/position-table';
import { tokenProbabilities } from './token-probabilities';

const model = createTestModel({ vocabSize: 6, logitsAfter: hashedLogits(6, 1) });
const tokenizer = createPieceTokenizer(['a', 'b', ' c', 'd', 'e', 'f']);

describe('tokenProbabilities', () => {
  test('a row a step, log-probabilities summed up', async () => {
    const options = { model, tokenizer, prompt: [0, 1], maxNewTokens: 5, processors: temperature(0.5) };
    const { ids, steps } = await collect(generate(options));
    const { rows, logProbability, perplexity } = tokenProbabilities(steps, tokenizer);
    expect(rows.map(({ id }) => id)).toEqual([...ids]);
    expect(rows[0]).toMatchObject({ step: 0, token: tokenizer.tokenOf(ids[0]!)!.replace(' ', '␣') });
    expect(rows.map(({ score, logit }) => score / logit)).toEqual(rows.map(() => 2));
    let sum = 0;
    for (const { probability, cumulativeLogProbability } of rows) {
      sum += Math.log(probability);
      expect(cumulativeLogProbability).toBeCloseTo(sum, 12);
    }
    expect(logProbability).toBeCloseTo(sum, 12);
    expect(perplexity).toBeCloseTo(Math.exp(-sum / 5), 12);
  });

  test('agrees with reading the generated text again', async () => {
    const { ids, steps } = await collect(generate({ model, prompt: [3], maxNewTokens: 6 }));
    const read = await positionTable(model, [3, ...ids]);
    expect(tokenProbabilities(steps).logProbability).toBeCloseTo(-read.negativeLogLikelihood, 9);
  });

  test('takes whole event lists, one row of several, and none at all', () => {
    const step = {
      type: 'step',
      step: 0,
      id: 1,
      logit: 0,
      probability: 0.5,
      score: 0,
      share: 1,
      draw: 0.3,
    } as const;
    const events = [
      { type: 'prefill', done: 1, total: 1 },
      { ...step, row: 0 },
      { ...step, row: 1, id: 2 },
    ] as const;
    expect(tokenProbabilities(events).rows).toMatchObject([{ id: 1, token: '#1', draw: 0.3 }]);
    expect(tokenProbabilities(events, undefined, 1).rows).toMatchObject([{ id: 2 }]);
    expect(tokenProbabilities([])).toEqual({ rows: [], logProbability: 0, perplexity: undefined });
  });
});
