import { NextTokenError } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { describe, expect, test } from 'vitest';
import { createPieceTokenizer, createTestModel, hashedLogits } from '../testing';
import { planGeneration } from './plan-generation';

const model = createTestModel({ vocabSize: 6, contextLength: 4, logitsAfter: hashedLogits(6) });
const tokenizer = createPieceTokenizer(['<s>', '</s>', 'a', 'b', '', '', 'x'], { special: ['</s>'], eos: 1 });
const legal = { model, prompt: [2, 3], maxNewTokens: 4 };

function errorOf(options: object): NextTokenError {
  try {
    planGeneration({ ...legal, ...options } as never);
  } catch (error) {
    if (NextTokenError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('planGeneration', () => {
  test.each([
    ['model', { model: {} }],
    ['maxNewTokens', { maxNewTokens: -1 }],
    ['maxNewTokens', { maxNewTokens: 1.5 }],
    ['maxNewTokens', { maxNewTokens: undefined }],
    ['prompt', { prompt: 7 }],
    ['tokenizer', { prompt: 'a' }],
    [
      'processors[1]',
      { processors: [{ kind: 'processor', type: 'x', parameters: {} }, { kind: 'sampler' }] },
    ],
    ['sampler', { sampler: { kind: 'processor' } }],
    ['seed', { seed: -1 }],
    ['seed', { seed: 1, random: createRandom(1) }],
    ['endTokenIds[1]', { endTokenIds: [1, 6] }],
    ['stopStrings', { tokenizer, stopStrings: 'a' }],
    ['stopStrings[0]', { tokenizer, stopStrings: [''] }],
    ['stopStrings[0]', { tokenizer, stopStrings: ['</s>'] }],
    ['previousIds', { previousIds: [1] }],
  ])('refuses an illegal %s', (parameter, options) => {
    expect(errorOf(options)).toMatchObject({ code: 'invalid-parameter', details: { parameter } });
  });

  test.each([
    [{ max_new_tokens: 3 }, { option: 'max_new_tokens', nearest: 'maxNewTokens' }],
    [{ capture: { logit: true } }, { option: 'logit', nearest: 'logits' }],
    [{ stopStrings: ['a'] }, { option: 'stopStrings' }],
    [{ skipSpecialTokens: true }, { option: 'skipSpecialTokens' }],
    [{ tokenizer, addSpecialTokens: true }, { option: 'addSpecialTokens' }],
  ])('refuses an option it cannot honour: %o', (options, details) => {
    expect(errorOf(options)).toMatchObject({ code: 'unsupported-option', details });
  });

  test.each([
    ['empty-prompt', { prompt: [] }, {}],
    ['empty-prompt', { prompt: '', tokenizer }, {}],
    ['invalid-token-id', { prompt: [2, 6] }, { id: 6, vocabSize: 6, index: 1 }],
    ['invalid-token-id', { prompt: [0.5] }, { id: 0.5 }],
    ['tokenizer-mismatch', { prompt: 'ax', tokenizer }, { id: 6, vocabSize: 6, index: 1 }],
    ['context-overflow', { prompt: [2, 2, 2, 2, 2] }, { length: 5, contextLength: 4 }],
  ])('%s before anything runs', (code, options, details) => {
    expect(errorOf(options)).toMatchObject({ code, details });
    expect(model.log.createdSessions).toBe(0);
  });

  test('a session counts towards the context, and must have one row', async () => {
    const session = await model.createSession();
    await session.forward([[1, 2, 3]]);
    expect(errorOf({ session })).toMatchObject({ code: 'context-overflow', details: { length: 5 } });
    const two = await model.createSession({ rows: 2 });
    expect(errorOf({ session: two })).toMatchObject({ details: { parameter: 'session.rowCount' } });
  });

  test('defaults: greedy, nothing captured, the eos of the tokenizer; undefined counts as not given', () => {
    const plan = planGeneration({ ...legal, tokenizer, seed: undefined, capture: undefined });
    expect(plan).toMatchObject({ processors: [], capture: {}, skipSpecialTokens: true, stopStrings: [] });
    expect(plan.sampler.type).toBe('greedy');
    expect([...plan.endTokenIds]).toEqual([1]);
    expect([...planGeneration({ ...legal, tokenizer, endTokenIds: [] }).endTokenIds]).toEqual([]);
    expect([...planGeneration(legal).endTokenIds]).toEqual([]);
    expect(plan.rows[0]!.random.next()).toBe(createRandom(0).next());
  });

  test('a stop string that is a special token is legal when special tokens are shown', () => {
    const plan = planGeneration({ ...legal, tokenizer, stopStrings: ['</s>'], skipSpecialTokens: false });
    expect(plan.stopStrings).toEqual(['</s>']);
  });

  test('the prompt is copied', () => {
    const prompt = [2, 3];
    const plan = planGeneration({ ...legal, prompt });
    prompt[0] = 5;
    expect([...plan.rows[0]!.promptIds]).toEqual([2, 3]);
  });
});
