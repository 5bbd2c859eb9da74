import { readFileSync } from 'node:fs';
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSpelling } from '../bytes/byte-alphabet';
import { decodeUtf8 } from '../bytes/utf8';
import type { BpeMergeEvent, BpeTrainingEvent } from './bpe-training-event';
import type { BpeTrainingOptions } from './bpe-training-options';
import { trainBpe, trainBpeFromWords } from './train-bpe';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

interface TrainedCase {
  readonly name: string;
  readonly texts: readonly string[];
  readonly options: BpeTrainingOptions;
  readonly vocabulary: readonly string[];
  readonly merges: readonly (readonly [string, string])[];
  readonly encoded: string;
  readonly ids: readonly number[];
}
const { cases } = JSON.parse(read('../../testdata/trained-bpe.json')) as { cases: TrainedCase[] };

describe('against the Rust trainer', () => {
  test.each(cases)('$name', async ({ texts, options, vocabulary, merges, encoded, ids }) => {
    const trained = await trainBpe(texts, options);
    expect(trained.vocabulary).toEqual(vocabulary);
    expect(trained.merges).toEqual(merges);
    const tokenizer = trained.toTokenizer();
    expect([...tokenizer.encode(encoded).ids]).toEqual(ids);
    const library = new LibraryTokenizer(trained.toTokenizerJson(), {});
    if (options.initialAlphabet !== 'bytes') return;
    // Its numbers and white space are JavaScript's `\d` and `\s`; here all agree.
    const plain = "There were 12 foxes, and the fox didn't like   the rain.\n\tIt's été 狐 1999!";
    expect(library.encode(plain).ids).toEqual([...tokenizer.encode(plain).ids]);
  });

  test('the vocabulary of the embedded models, from its word counts', async () => {
    const folder = '../../../tiny-models';
    const words = read(`${folder}/testdata/tokenizer-words.tsv`)
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t') as [string, string])
      .map(([word, count]) => [decodeUtf8(readSpelling(word)!), Number(count)] as const);
    const file = JSON.parse(read(`${folder}/models/tales/tokenizer.json`));
    const trained = await trainBpeFromWords(words, {
      vocabSize: 3072,
      minFrequency: 2,
      specialTokens: ['<|endoftext|>', '<|im_start|>', '<|im_end|>'],
      splitDigits: 'individual',
    });
    expect(trained.merges).toEqual(file.model.merges);
    const json = trained.toTokenizerJson() as typeof file;
    expect(json.model.vocab).toEqual(file.model.vocab);
    expect(json.added_tokens).toEqual(file.added_tokens);
    expect(json.pre_tokenizer).toEqual(file.pre_tokenizer);
  });
});

describe('what is told on the way', () => {
  test('the merges of Sennrich et al., one by one', async () => {
    const events: BpeTrainingEvent[] = [];
    const words = { ' low': 5, ' lowest': 2, ' newer': 6, ' wider': 3 };
    const trained = await trainBpeFromWords(Object.entries(words), {
      vocabSize: 100,
      initialAlphabet: 'none',
      onEvent: (event) => events.push(event),
    });
    const merges = events.filter((event): event is BpeMergeEvent => event.type === 'merge');
    expect(merges[0]).toEqual({
      type: 'merge',
      step: 0,
      pair: ['e', 'r'],
      token: 'er',
      id: 11,
      count: 9,
      isNew: true,
      vocabSize: 12,
    });
    expect(merges.slice(1, 4).map(({ token, count }) => [token, count])).toEqual([
      ['lo', 7],
      ['Ġlo', 7],
      ['Ġlow', 7],
    ]);
    expect(merges.map(({ vocabSize }) => vocabSize)).toEqual(merges.map(({ id }) => id + 1));
    expect(trained.vocabulary).toEqual(expect.arrayContaining(['Ġnewer', 'Ġlow', 'Ġlowest', 'Ġwider']));
    expect(trained.stopped).toBe('no-pairs');
    expect(events.at(-1)).toEqual({
      type: 'finish',
      reason: 'no-pairs',
      vocabSize: trained.vocabulary.length,
    });
  });

  test('why it ended', async () => {
    expect((await trainBpe('aaaa', { vocabSize: 257 })).stopped).toBe('vocab-size');
    expect((await trainBpe('aaaa', { vocabSize: 256 })).stopped).toBe('vocab-size');
    expect((await trainBpe('abc', { vocabSize: 300, minFrequency: 2 })).stopped).toBe('min-frequency');
    expect((await trainBpe('', { vocabSize: 300 })).stopped).toBe('no-pairs');
  });

  test('a corpus that arrives later, with its counting events', async () => {
    async function* later() {
      yield 'the fox ';
      await Promise.resolve();
      yield 'the hen';
    }
    const events: BpeTrainingEvent[] = [];
    const options = { vocabSize: 262 };
    const trained = await trainBpe(later(), { ...options, onEvent: (event) => events.push(event) });
    expect(trained.merges).toEqual((await trainBpe(['the fox ', 'the hen'], options)).merges);
    expect(events.filter(({ type }) => type === 'counting').at(-1)).toEqual({
      type: 'counting',
      read: 15,
      words: 4,
    });
  });
});

describe('stopping', () => {
  test('before and on the way, with the reason given', async () => {
    const reason = new Error('enough');
    await expect(trainBpe('a', { vocabSize: 300, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    function* endless() {
      for (let i = 0; ; i++) yield `text number ${i} `;
    }
    setTimeout(() => controller.abort(reason), 20);
    await expect(trainBpe(endless(), { vocabSize: 300, signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('robustness', () => {
  test('what was learnt encodes any text and gives it back', async () => {
    const tokenizer = (
      await trainBpe('the cat sat on the mat, the end. '.repeat(3), { vocabSize: 300 })
    ).toTokenizer();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(tokenizer.decode(tokenizer.encode(text).ids)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test('lone surrogates, NUL, a word of a hundred thousand letters', async () => {
    const text = `\ud800\ud800\0\0${'a'.repeat(1e5)}`;
    await expect(trainBpe(text, { vocabSize: 280 })).rejects.toMatchObject({
      code: 'encode-failed',
      details: { at: 0 },
    });
    const { vocabulary } = await trainBpe(text, { vocabSize: 280, illFormed: 'replace' });
    expect(vocabulary).toEqual(expect.arrayContaining(['aa', 'a'.repeat(2 ** 16), 'ĀĀ', 'ï¿½']));
  });

  test.each([
    [{ vocabSize: 255 }, 'vocabSize'],
    [{ vocabSize: 0 }, 'vocabSize'],
    [{ vocabSize: 1.5 }, 'vocabSize'],
    [{ vocabSize: 300, minFrequency: -1 }, 'minFrequency'],
    [{ vocabSize: 300, limitAlphabet: 0 }, 'limitAlphabet'],
    [{ vocabSize: 300, maxTokenLength: 0 }, 'maxTokenLength'],
    [{ vocabSize: 300, specialTokens: [''] }, 'specialTokens'],
    [{ vocabSize: 300, specialTokens: ['a', 'a'] }, 'specialTokens'],
    [{ vocabSize: 300, initialAlphabet: ['ab'] }, 'initialAlphabet'],
    [{ vocabSize: 300, splitDigits: 'yes' }, 'splitDigits'],
    [{ vocabSize: 300, addPrefixSpace: 1 }, 'addPrefixSpace'],
    [{ vocabSize: 300, illFormed: 'ignore' }, 'illFormed'],
  ])('refuses %o', async (options, parameter) => {
    await expect(trainBpe('abc', options as BpeTrainingOptions)).rejects.toMatchObject({
      code: 'invalid-parameter',
      details: { parameter },
    });
  });

  test('refuses options it does not know, and counts that are none', async () => {
    await expect(trainBpe('abc', { vocab_size: 300 } as never)).rejects.toMatchObject({
      code: 'unsupported-option',
      details: { nearest: 'vocabSize' },
    });
    const options = { vocabSize: 300 };
    await expect(trainBpeFromWords([['a', 0.5]], options)).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
    await expect(trainBpe([1] as never, options)).rejects.toMatchObject({ code: 'invalid-parameter' });
  });
});
