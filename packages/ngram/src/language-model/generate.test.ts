import { createReferenceModel } from '@nexttoken/backend-testkit';
import { beamSearch, collect, collectBeams, generate } from '@nexttoken/generate';
import { nextTokenTable } from '@nexttoken/inspector';
import type { LogitsProcessor } from '@nexttoken/model';
import { softmax } from '@nexttoken/numeric';
import * as sampling from '@nexttoken/sampling';
import { describe, expect, test } from 'vitest';
import { createCorpusBuilder } from '../corpus/corpus-builder';
import { createNgramIndex } from '../index/create-ngram-index';
import { kneserNey } from '../smoothing/kneser-ney';
import { longestSuffix } from '../smoothing/longest-suffix';
import { wittenBell } from '../smoothing/witten-bell';
import { indexOf } from '../testing/index-of';
import { testTokenizer } from '../testing/test-tokenizer';
import { wordTokenizer } from '../vocabulary/word-tokenizer';
import type { WordVocabulary } from '../vocabulary/word-vocabulary';
import { mixLanguageModels } from './mix-language-models';
import { ngramLanguageModel } from './ngram-language-model';

const index = indexOf(
  ['the quick brown fox jumped over the lazy dog .', 'the dog sat .', 'a dog jumped over the fox .'].map(
    (l) => l.split(' '),
  ),
);
const tokenizer = wordTokenizer(index.vocabulary as WordVocabulary);
const refused = expect.objectContaining({ code: 'invalid-parameter' });

describe('an n-gram model in the loop', () => {
  test('greedy: the memorised sentence, and its end', async () => {
    const model = ngramLanguageModel(longestSuffix(index));
    const row = await collect(
      generate({ model, tokenizer, prompt: 'the quick', maxNewTokens: 20, endTokenIds: [0] }),
    );
    expect(row).toMatchObject({ text: ' brown fox jumped over the lazy dog .', reason: 'end-token' });
  });

  // biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
  const processors: readonly LogitsProcessor<any>[] = [
    sampling.temperature(0.7),
    sampling.dynamicTemperature(0.8, { range: 0.3 }),
    sampling.topK(4),
    sampling.topP(0.8),
    sampling.minP(0.1),
    sampling.typicalP(0.9),
    sampling.epsilonCutoff(0.01),
    sampling.etaCutoff(0.01),
    sampling.topH(0.5),
    sampling.topNSigma(1),
    sampling.xtc(0.5),
    sampling.repetitionPenalty(1.3),
    sampling.frequencyPenalty(0.4),
    sampling.presencePenalty(0.4),
    sampling.dry(0.8),
    sampling.logitBias([[3, 2]]),
    sampling.sequenceBias([[[3, 4], -2]] as never),
    sampling.minNewTokens(3, { endTokenIds: [0] }),
    sampling.logNormalize(),
    sampling.infNanRemove(),
    sampling.badWords([[5]]),
    sampling.suppressTokens([6]),
  ];
  test.each(processors.map((processor) => [processor.type, processor] as const))(
    '%s, drawn',
    async (_, processor) => {
      // Without smoothing a token may be the only one possible: what takes it away leaves nothing to choose from.
      const takesAway = ['badWords', 'suppressTokens'].includes(processor.type);
      for (const smoothed of [
        takesAway ? wittenBell(index) : longestSuffix(index),
        kneserNey(index, { order: 3 }),
      ]) {
        const options = {
          model: ngramLanguageModel(smoothed),
          tokenizer,
          prompt: 'the',
          maxNewTokens: 12,
          endTokenIds: [],
        };
        const draw = () =>
          collect(
            generate({ ...options, processors: [processor], sampler: sampling.categorical(), seed: 3 }),
          );
        const row = await draw();
        expect(row.ids.length).toBe(12);
        expect((await draw()).ids).toEqual(row.ids);
      }
    },
  );

  test.each([
    sampling.greedy(),
    sampling.categorical(),
    sampling.gumbelMax(),
    sampling.mirostat(5),
    sampling.mirostatV2(5),
  ])('sampler $type', async (sampler) => {
    const model = ngramLanguageModel(kneserNey(index, { order: 3 }));
    const row = await collect(generate({ model, prompt: [0], maxNewTokens: 8, sampler, seed: 1 }));
    expect(row.ids.length).toBe(8);
  });

  test('beam search finds the most probable sentence', async () => {
    const smoothed = longestSuffix(index);
    const { texts } = await collectBeams(
      beamSearch({
        model: ngramLanguageModel(smoothed),
        tokenizer,
        prompt: 'a',
        numBeams: 4,
        maxNewTokens: 12,
        lengthPenalty: 0,
      }),
    );
    expect(texts[0]!.text).toMatch(/ dog (jumped over|sat \.)/);
  });

  test('the inspector reads its rows', async () => {
    const model = ngramLanguageModel(wittenBell(index));
    const session = await model.createSession();
    const { logits } = await session.forward([tokenizer.encode('the').ids]);
    const { rows } = nextTokenTable(logits[0]!.data, tokenizer, { top: 3 });
    expect(rows.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    const expected = Math.exp(
      wittenBell(index).logProbability([0, index.vocabulary.idOf('the')!], rows[0]!.id),
    );
    expect(rows[0]!.probability).toBeCloseTo(expected, 6);
    await model.dispose();
  });
});

describe('over the ids of a tokenizer', () => {
  const ids = [
    [1, 2, 3, 4],
    [1, 2, 5],
    [6, 2, 3],
  ];
  const builder = createCorpusBuilder({ tokenizer: testTokenizer(8) });
  for (const sentence of ids) builder.addIds(sentence);
  const counts = createNgramIndex(builder.finish());

  test("the tokenizer's own ids; its end ends sentences", async () => {
    const model = ngramLanguageModel(longestSuffix(counts));
    expect(model.vocabSize).toBe(8);
    const session = await model.createSession({ rows: 3 });
    const { logits } = await session.forward([[1, 2], [7, 3], [0]]);
    const rows = logits.map((row) => [...softmax(row!.data)].map((p) => Math.round(p * 1e4) / 1e4));
    expect(rows[0]).toEqual([0, 0, 0, 0.5, 0, 0.5, 0, 0]);
    expect(rows[1]).toEqual([0.5, 0, 0, 0, 0.5, 0, 0, 0]);
    expect(rows[2]).toEqual([0, 0.6667, 0, 0, 0, 0, 0.3333, 0]);
  });

  test('without an end nothing else is possible behind one: refused', () => {
    const endless = { ...testTokenizer(8), specialTokens: {} };
    const other = createCorpusBuilder({ tokenizer: endless });
    other.addIds([1, 2]);
    const index = createNgramIndex(other.finish());
    expect(() => ngramLanguageModel(longestSuffix(index))).toThrow(refused);
    expect(() => ngramLanguageModel(longestSuffix(index), { endTokenId: 9 })).toThrow(refused);
    expect(ngramLanguageModel(longestSuffix(index, { ends: false })).capabilities.logits).toEqual({ top: 8 });
    expect(ngramLanguageModel(wittenBell(index)).capabilities.logits).toBe('full');
  });

  test('beside a neural model, at the probabilities and at the logits', async () => {
    const own = ngramLanguageModel(wittenBell(counts));
    const neural = createReferenceModel({ vocabSize: 8 });
    const prompt = [[1, 2]];
    const rowOf = async (model: typeof own) =>
      (await (await model.createSession()).forward(prompt)).logits[0]!.data;
    const [p, q] = [softmax(await rowOf(own)), softmax(await rowOf(neural))];
    const mixed = (at: 'probabilities' | 'logits') =>
      mixLanguageModels(
        [
          { model: own, weight: 0.4 },
          { model: neural, weight: 0.6 },
        ],
        { at },
      );
    const linear = softmax(await rowOf(mixed('probabilities')));
    for (const [id, value] of linear.entries()) expect(value).toBeCloseTo(0.4 * p[id]! + 0.6 * q[id]!, 6);
    const geometric = softmax(await rowOf(mixed('logits')));
    const weights = p.map((value, id) => value ** 0.4 * q[id]! ** 0.6);
    const sum = weights.reduce((a, b) => a + b, 0);
    for (const [id, value] of geometric.entries()) expect(value).toBeCloseTo(weights[id]! / sum, 6);
    const text = await collect(generate({ model: mixed('logits'), prompt: [1], maxNewTokens: 5 }));
    expect(text.ids.length).toBe(5);
  });

  test('mixtures that cannot be', () => {
    const model = ngramLanguageModel(wittenBell(counts));
    expect(() => mixLanguageModels([])).toThrow(refused);
    expect(() => mixLanguageModels([{ model, weight: 0.5 }])).toThrow(refused);
    expect(() => mixLanguageModels([{ model, weight: 1 }], { at: 'scores' as never })).toThrow(refused);
    expect(() =>
      mixLanguageModels([
        { model, weight: 0.5 },
        { model: createReferenceModel({ vocabSize: 9 }), weight: 0.5 },
      ]),
    ).toThrow(refused);
    expect(() => ngramLanguageModel(wittenBell(index), { endTokenId: 1 })).toThrow(refused);
    expect(() => ngramLanguageModel(wittenBell(index), { contextLength: 0 })).toThrow(refused);
  });
});

describe('wordTokenizer', () => {
  test('words, unknown ones, special tokens', () => {
    expect([...tokenizer.encode('the zebra').ids]).toEqual([0, index.vocabulary.idOf('the'), 1]);
    expect(tokenizer.encode('the  zebra', { addSpecialTokens: false }).tokens).toEqual(['the', '<unk>']);
    expect(tokenizer.decode([0, 2, 1])).toBe('</s> the <unk>');
    expect(tokenizer.decode([0, 2, 3], { skipSpecialTokens: true })).toBe('the quick');
    const decoder = tokenizer.createStreamDecoder({ skipSpecialTokens: true });
    expect([2, 0, 3].map((id) => decoder.push(id)).join('') + decoder.flush()).toBe('the quick');
    expect(new TextDecoder().decode(tokenizer.bytesOf(3))).toBe(' quick');
    expect(() => tokenizer.decode([99])).toThrow(expect.objectContaining({ code: 'invalid-token-id' }));
    expect([tokenizer.isSpecial(0), tokenizer.isSpecial(2), tokenizer.idOf('fox')]).toEqual([
      true,
      false,
      index.vocabulary.idOf('fox'),
    ]);
  });
});
