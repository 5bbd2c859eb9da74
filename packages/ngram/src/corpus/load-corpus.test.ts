import { readSharedJson } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { tokenizerFromJson } from '@nexttoken/tokenizers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNgramIndex } from '../index/create-ngram-index';
import { sentenceBorder, unknownToken } from '../vocabulary/ngram-vocabulary';
import { createCorpusBuilder } from './corpus-builder';
import { loadCorpus } from './load-corpus';
import type { NgramCorpus } from './ngram-corpus';

const sentencesOf = ({ ids, vocabulary }: NgramCorpus): string[] =>
  Array.from(ids, (id) => (id === sentenceBorder ? '|' : vocabulary.tokenOf(id)!))
    .join(' ')
    .split('|')
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
const text = 'the cat  sat\n\n  été — 😀 \t\r\nthe\u00a0cat end';
const lines = ['the cat sat', 'été — 😀', 'the\u00a0cat end'];
const encode = (value: string) => new TextEncoder().encode(value);
const refused = (code: string) => expect.objectContaining({ code });

describe('loaders', () => {
  test('every source gives the same corpus', async () => {
    const sources = [
      text,
      encode(text),
      new Blob([text]),
      [...text],
      lines.map((line) => line.split(' ')),
      new Blob([text]).stream(),
      (async function* () {
        yield text.slice(0, 7);
        yield text.slice(7);
      })(),
      new ReadableStream<string>({
        start(controller) {
          controller.enqueue(text);
          controller.close();
        },
      }),
    ];
    for (const source of sources) {
      const corpus = await loadCorpus(source);
      expect(sentencesOf(corpus)).toEqual(lines);
      expect(corpus.sentenceCount).toBe(3);
      expect(corpus.ids.length).toBe(3 + 3 + 2 + 4);
    }
  });

  test('bytes may be cut anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 1, max: 9 }),
        (words, size) => {
          const content = words.filter((word) => !/^<\/?s>$/.test(word)).join(' a\n');
          const [whole, pieces] = [createCorpusBuilder(), createCorpusBuilder()];
          whole.addText(`${content} a`);
          const bytes = encode(`${content} a`);
          for (let i = 0; i < bytes.length; i += size) pieces.addBytes(bytes.subarray(i, i + size));
          expect(sentencesOf(pieces.finish())).toEqual(sentencesOf(whole.finish()));
        },
      ),
    );
  });

  test('words may end sentences, in texts and bytes alike', async () => {
    for (const source of [text, encode(text)]) {
      const corpus = await loadCorpus(source, { sentenceEnds: ['cat', '—', 'unseen'] });
      expect(sentencesOf(corpus)).toEqual(['the cat', 'sat', 'été —', '😀', 'the\u00a0cat end']);
      expect(corpus.vocabulary.idOf('unseen')).toBeUndefined();
    }
  });

  test('progress is told, and an abort ends the reading', async () => {
    const seen: number[] = [];
    await loadCorpus(['a b\n', 'c\n'], { onProgress: ({ tokens }) => seen.push(tokens) });
    expect(seen).toEqual([4, 6]);
    const reason = new Error('enough');
    await expect(loadCorpus(['a'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('rare words become <unk>; the others keep their order', async () => {
    const corpus = await loadCorpus('a b a\nc b a', { cutoff: 2 });
    expect(sentencesOf(corpus)).toEqual(['a b a', '<unk> b a']);
    expect(corpus.vocabulary.size).toBe(4);
    expect(corpus.vocabulary.idOf('c')).toBeUndefined();
    expect([
      corpus.vocabulary.idOf('<unk>'),
      corpus.vocabulary.idOf('<s>'),
      corpus.vocabulary.idOf('</s>'),
    ]).toEqual([1, 0, 0]);
    const index = createNgramIndex(corpus);
    expect(index.count([unknownToken, corpus.vocabulary.idOf('b')!])).toBe(1);
  });

  test('a corpus of one token', async () => {
    const index = createNgramIndex(await loadCorpus('hello'));
    expect(index.tokenCount).toBe(1);
    expect(index.continuations([])).toMatchObject({ total: 1, ends: 1 });
    expect(index.continuations([2])).toMatchObject({ total: 0, ends: 1 });
  });

  test('what cannot be a corpus is refused', async () => {
    for (const empty of ['', ' \n\n', [], [[]]]) {
      await expect(loadCorpus(empty as string)).rejects.toMatchObject({ code: 'invalid-parameter' });
    }
    for (const reserved of ['a <s> b', 'a </s>']) {
      await expect(loadCorpus(reserved)).rejects.toMatchObject({ code: 'invalid-parameter' });
      await expect(loadCorpus(encode(reserved))).rejects.toMatchObject({ code: 'invalid-parameter' });
    }
    await expect(loadCorpus(7 as never)).rejects.toMatchObject({ code: 'invalid-parameter' });
    await expect(loadCorpus([7 as never])).rejects.toMatchObject({ code: 'invalid-parameter' });
    expect(() => createCorpusBuilder({ expectedTokens: 2 ** 31 })).toThrow(refused('invalid-parameter'));
    expect(() => createCorpusBuilder({ cutoff: 0 })).toThrow(refused('invalid-parameter'));
    expect(() => createCorpusBuilder({ cutof: 2 } as never)).toThrow(refused('unsupported-option'));
    expect(() => createCorpusBuilder().addIds([99])).toThrow(refused('invalid-token-id'));
  });
});

describeShared('any tokenizer', () => {
  test('ids of a tokenizer, moved up by two', async () => {
    const tokenizer = tokenizerFromJson(readSharedJson<never>('data/tokenizers/gpt2/tokenizer.json'));
    const corpus = await loadCorpus([encode('The capital of Fra'), encode('nce\nThe cat')], { tokenizer });
    const expected = ['The capital of France', 'The cat'].map((line) =>
      Array.from(tokenizer.encode(line).ids, (id) => id + 2),
    );
    expect([...corpus.ids]).toEqual([0, ...expected[0]!, 0, ...expected[1]!, 0]);
    const { vocabulary } = createNgramIndex(corpus);
    expect(vocabulary.size).toBe(tokenizer.vocabSize + 2);
    expect(vocabulary.tokenOf(expected[0]![1]!)).toBe('Ġcapital');
    expect(vocabulary.idOf('Ġcapital')).toBe(expected[0]![1]);
    expect(vocabulary.idOf('</s>')).toBe(0);
    expect(() => createCorpusBuilder({ tokenizer, cutoff: 2 })).toThrow(refused('unsupported-option'));
    expect(() => createCorpusBuilder({ tokenizer }).addBytes(encode('a'))).toThrow(
      refused('unsupported-option'),
    );
  });
});
