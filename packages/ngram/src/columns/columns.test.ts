import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { loadCorpusParquet } from '../parquet/load-corpus-parquet';
import { readNgramColumns } from '../parquet/read-ngram-columns';
import { kneserNey } from '../smoothing/kneser-ney';
import { stupidBackoff } from '../smoothing/stupid-backoff';
import { wittenBell } from '../smoothing/witten-bell';
import { indexOf } from '../testing/index-of';
import { countColumns } from './count-columns';
import { ngramTable } from './make-ngram-table';
import type { NgramColumns } from './ngram-columns';

const refused = expect.objectContaining({ code: 'invalid-parameter' });
const word = fc.constantFrom('a', 'b', 'c', 'd');
const corpora = fc.array(fc.array(word, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 14 });
const sentences = ['a b a c', 'b a', 'a b a', 'c'].map((line) => line.split(' '));

/** As a database would hand them back: in another order. */
function shuffled({ words, counts }: NgramColumns): NgramColumns {
  const order = Array.from(counts, (_, i) => i).sort((a, b) => ((a * 7919) % 101) - ((b * 7919) % 101));
  return {
    words: words.map((column) => order.map((i) => column[i]!)),
    counts: order.map((i) => Number(counts[i])),
  };
}

describe('count columns', () => {
  test('n-grams of one length, borders among them', () => {
    const { words, counts } = countColumns(indexOf(sentences), 2);
    const rows = Array.from(counts, (count, i) => `${words[0]![i]} ${words[1]![i]} ${count}`);
    expect(rows.sort()).toEqual(
      ['<s> a 2', '<s> b 1', '<s> c 1', 'a </s> 2', 'a b 2', 'a c 1', 'b a 3', 'c </s> 2'].sort(),
    );
    const single = countColumns(indexOf(sentences), 1);
    expect(Object.fromEntries(single.words[0]!.map((w, i) => [w, single.counts[i]]))).toEqual({
      '</s>': 4,
      a: 5,
      b: 3,
      c: 2,
    });
  });

  test('out, shuffled, and in again: every smoothing gives the same probabilities', () => {
    fc.assert(
      fc.property(corpora, (any) => {
        const index = indexOf(any);
        const table = ngramTable([1, 2, 3].map((length) => shuffled(countColumns(index, length))));
        expect([table.order, table.tokenCount, table.sentenceCount]).toEqual([
          3,
          index.tokenCount,
          index.sentenceCount,
        ]);
        for (const make of [stupidBackoff, wittenBell]) {
          const [own, other] = [make(index, { order: 3 }), make(table, { order: 3 })];
          for (const text of ['', '<s>', 'a', '<s> b', 'a b', 'c d', 'zz a']) {
            const context = text.split(' ').filter((w) => w !== '');
            for (const token of ['a', 'b', 'c', '</s>']) {
              const [p, q] = [own, other].map((model) =>
                model.logProbability(
                  context.map((w) => model.vocabulary.idOf(w) ?? 1),
                  model.vocabulary.idOf(token) ?? 1,
                ),
              );
              if (p !== q) expect(q).toBeCloseTo(p!, 10);
            }
          }
        }
        for (const order of [2, 3]) {
          const [own, other] = [index, table].map((source) =>
            kneserNey(source, { order, discountRule: 'chen-goodman' }),
          );
          for (const token of ['a', 'b', '</s>']) {
            const [p, q] = [own!, other!].map((m) =>
              m.logProbability([0, m.vocabulary.idOf('a') ?? 1], m.vocabulary.idOf(token) ?? 1),
            );
            expect(q).toBeCloseTo(p!, 10);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  test('columns that are no table', () => {
    const index = indexOf(sentences);
    const [one, two] = [1, 2].map((length) =>
      countColumns(index, length),
    ) as readonly NgramColumns[] as readonly [NgramColumns, NgramColumns];
    const changed = (row: number, words: [string, string], count = 1): NgramColumns => ({
      words: two.words.map((column, place) => column.map((w, i) => (i === row ? words[place]! : w))),
      counts: Array.from(two.counts, (own, i) => (i === row ? count : Number(own))),
    });
    const broken: NgramColumns[][] = [
      [],
      [two],
      [one, one],
      [{ words: [['a']], counts: [1] }],
      [{ words: [['a', '</s>']], counts: [1] }],
      [{ words: [['a', 'a', '</s>']], counts: [1, 1, 1] }],
      [{ words: [['a', '</s>']], counts: [0, 1] }],
      [one, changed(0, ['x', 'a'])],
      [one, changed(0, ['a', '<s>'])],
      [one, changed(0, ['a', 'a'], 0.5)],
      [one, changed(0, [two.words[0]![1]!, two.words[1]![1]!])],
      [one, { words: [['a'], ['b']], counts: [2 ** 31] }],
      [one, two, { words: [['c'], ['b'], ['a']], counts: [1] }],
    ];
    for (const tables of broken) expect(() => ngramTable(tables)).toThrow(refused);
    expect(() => countColumns(index, 0)).toThrow(refused);
    expect(() => ngramTable([one]).count([2, 3])).toThrow(refused);
  });
});

describe('Parquet', () => {
  const bytesOf = (
    columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData'],
    rowGroupSize = 2,
  ): Uint8Array => new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize }));

  test('a column of texts, in bytes, a Blob, several files', async () => {
    const texts = ['the cat\nsat', '', 'a dog', 'été 😀', 'end'];
    const bytes = bytesOf([
      { name: 'text', data: texts, type: 'STRING' },
      { name: 'id', data: [1, 2, 3, 4, 5], type: 'INT32' },
    ]);
    for (const source of [bytes, Buffer.from(bytes), new Blob([bytes as BlobPart]), [bytes]]) {
      const corpus = await loadCorpusParquet(source);
      expect([corpus.sentenceCount, corpus.vocabulary.size]).toEqual([5, 2 + 8]);
    }
    expect((await loadCorpusParquet([bytes, bytes])).sentenceCount).toBe(10);
    await expect(loadCorpusParquet(bytes, { column: 'txt' })).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
    await expect(loadCorpusParquet(bytes, { column: 'id' })).rejects.toMatchObject({
      code: 'invalid-parameter',
    });
    await expect(loadCorpusParquet(bytes.slice(0, 90))).rejects.toMatchObject({ code: 'invalid-file' });
    await expect(loadCorpusParquet(new Uint8Array(0))).rejects.toMatchObject({ code: 'invalid-file' });
    await expect(loadCorpusParquet('x' as never)).rejects.toMatchObject({ code: 'invalid-parameter' });
  });

  test('counts to a file and back', async () => {
    const index = indexOf(sentences);
    const tables = await Promise.all(
      [1, 2, 3].map(async (length) => {
        const { words, counts } = countColumns(index, length);
        const columns = words.map((data, place) => ({
          name: `w${place}`,
          data: [...data],
          type: 'STRING' as const,
        }));
        return readNgramColumns(
          bytesOf([...columns, { name: 'count', data: counts, type: 'INT32' }]),
          length,
        );
      }),
    );
    const table = ngramTable(tables);
    expect(table.count(['a', 'b', 'a'].map((w) => table.vocabulary.idOf(w)!))).toBe(2);
    const kn = kneserNey(table, { order: 3 });
    expect(kn.logProbabilities([0]).reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 6);
  });
});
