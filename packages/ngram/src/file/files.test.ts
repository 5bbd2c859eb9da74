import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCorpusBuilder } from '../corpus/corpus-builder';
import { combineShards, createNgramIndex } from '../index/create-ngram-index';
import type { NgramIndex } from '../index/ngram-index';
import { corpusOf, indexOf } from '../testing/index-of';
import { testTokenizer } from '../testing/test-tokenizer';
import type { WordVocabulary } from '../vocabulary/word-vocabulary';
import { loadNgramIndex } from './load-ngram-index';
import { ngramIndexBlob, ngramIndexParts } from './write-ngram-index';
import { xxh32 } from './xxh32';

const sentences = ['the cat sat on the mat', 'été — 😀', 'the dog'].map((line) => line.split(' '));

function bytesOf(index: NgramIndex): Uint8Array {
  const parts = ngramIndexParts(index);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function contentOf(index: NgramIndex): unknown {
  const { vocabulary, order, shards } = index;
  const stored = shards.map(({ ids, positions, first, sentenceCount }) => {
    const list = (store: typeof ids) => Array.from({ length: store.length }, (_, i) => store.get(i));
    return { ids: list(ids), positions: list(positions), first: [...first], sentenceCount };
  });
  return { order, stored, words: Array.from({ length: vocabulary.size }, (_, id) => vocabulary.tokenOf(id)) };
}

describe('xxh32', () => {
  test('the known answers of the specification', () => {
    const encode = (text: string) => new TextEncoder().encode(text);
    expect(xxh32(encode(''))).toBe(0x02cc5d05);
    expect(xxh32(encode('a'))).toBe(0x550d7456);
    expect(xxh32(encode('abc'))).toBe(0x32d153ff);
    expect(xxh32(encode('Nobody inspects the spammish repetition'))).toBe(0xe2293b2f);
  });

  test('alignment changes nothing, any bit does', () => {
    const bytes = Uint8Array.from({ length: 75 }, (_, i) => i * 37);
    const moved = new Uint8Array(80);
    moved.set(bytes, 3);
    expect(xxh32(moved.subarray(3, 78))).toBe(xxh32(bytes));
    for (let bit = 0; bit < 75 * 8; bit++) {
      const other = bytes.slice();
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(xxh32(other)).not.toBe(xxh32(bytes));
    }
  });
});

describe('the container', () => {
  test('comes back as it was: bytes, unaligned bytes, a Blob', async () => {
    const bounded = indexOf(sentences, { order: 4 });
    const corpus = corpusOf(sentences);
    const one = createNgramIndex(corpus);
    const two = combineShards([one.shards[0]!, one.shards[0]!], corpus.vocabulary, Number.POSITIVE_INFINITY);
    for (const index of [bounded, one, two]) {
      const bytes = bytesOf(index);
      const unaligned = new Uint8Array(bytes.length + 1);
      unaligned.set(bytes, 1);
      const pooled = Buffer.from(unaligned.buffer, 1);
      for (const source of [bytes, unaligned.subarray(1), pooled, ngramIndexBlob(index)]) {
        const loaded = await loadNgramIndex(source);
        expect(contentOf(loaded)).toEqual(contentOf(index));
        expect(loaded.vocabulary.idOf('😀')).toBe(index.vocabulary.idOf('😀'));
        expect(loaded.continueLongest([index.vocabulary.idOf('the')!])).toEqual(
          index.continueLongest([index.vocabulary.idOf('the')!]),
        );
      }
    }
  });

  test('a vocabulary that comes back takes new words', async () => {
    const { vocabulary } = await loadNgramIndex(bytesOf(indexOf(sentences)));
    const words = vocabulary as WordVocabulary;
    const added = Array.from({ length: 2000 }, (_, i) => words.add(`new${i}`));
    expect(added.map((id) => words.tokenOf(id))).toEqual(added.map((_, i) => `new${i}`));
    expect([words.idOf('the'), words.idOf('new1999')]).toEqual([2, added.at(-1)]);
  });

  test('any corpus comes back', async () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((token) => !/^<\/?s>$|^<unk>$/.test(token));
    const corpora = fc.array(fc.array(word, { minLength: 1 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(corpora, async (any) => {
        const index = indexOf(any);
        expect(contentOf(await loadNgramIndex(bytesOf(index)))).toEqual(contentOf(index));
      }),
      { numRuns: 40 },
    );
  });

  test('cut anywhere: refused', async () => {
    const bytes = bytesOf(indexOf(sentences));
    for (let length = 0; length < bytes.length; length++) {
      await expect(loadNgramIndex(bytes.slice(0, length))).rejects.toMatchObject({ code: 'invalid-file' });
    }
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    await expect(loadNgramIndex(longer)).rejects.toMatchObject({ code: 'invalid-file' });
  });

  test('a byte changed anywhere that means something: refused', async () => {
    const bytes = bytesOf(indexOf(sentences));
    let unnoticed = 0;
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at]! ^= 0x10;
      const error = await loadNgramIndex(changed).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) unnoticed++;
      else expect(error).toMatchObject({ code: 'invalid-file' });
    }
    // Padding, and four bytes of the preamble.
    expect(unnoticed).toBeLessThan(40);
  });

  test('another version, another format', async () => {
    const bytes = bytesOf(indexOf(sentences));
    bytes[8] = 9;
    await expect(loadNgramIndex(bytes)).rejects.toMatchObject({
      code: 'invalid-file',
      details: { version: 9 },
    });
    await expect(
      loadNgramIndex(new TextEncoder().encode('\\data\\\nngram 1=3\n\n\\1-grams:')),
    ).rejects.toMatchObject({ code: 'invalid-file' });
    await expect(loadNgramIndex('x' as never)).rejects.toMatchObject({ code: 'invalid-parameter' });
  });

  test('over a tokenizer: it has to be given, and to fit', async () => {
    const builder = createCorpusBuilder({ tokenizer: testTokenizer(9) });
    builder.addIds([1, 2, 3]);
    const bytes = bytesOf(createNgramIndex(builder.finish()));
    expect((await loadNgramIndex(bytes, { tokenizer: testTokenizer(9) })).count([3, 4])).toBe(1);
    await expect(loadNgramIndex(bytes)).rejects.toMatchObject({ code: 'invalid-parameter' });
    await expect(loadNgramIndex(bytes, { tokenizer: testTokenizer(8) })).rejects.toMatchObject({
      code: 'tokenizer-mismatch',
    });
    await expect(
      loadNgramIndex(bytesOf(indexOf(sentences)), { tokenizer: testTokenizer(9) }),
    ).rejects.toMatchObject({ code: 'invalid-parameter' });
  });
});
