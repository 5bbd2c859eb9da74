import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kneserNey } from '../smoothing/kneser-ney';
import { perplexity } from '../smoothing/perplexity';
import { indexOf } from '../testing/index-of';
import { idOrUnknown } from '../vocabulary/word-vocabulary';
import { readArpa } from './read-arpa';
import { arpaPieces } from './write-arpa';

const read = (name: string): string =>
  readFileSync(new URL(`../../testdata/${name}`, import.meta.url), 'utf8');
const linesOf = (name: string): string[][] =>
  read(name)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '));
const text = read('kenlm-3.arpa');
const refused = expect.objectContaining({ code: 'invalid-file' });

describe('readArpa', () => {
  test("a file that KenLM wrote: KenLM's perplexity, and our own model's probabilities", () => {
    const model = readArpa(text);
    const { models } = JSON.parse(read('kenlm.json')) as { models: { order: number; perplexity: number }[] };
    const held = linesOf('kenlm-test.txt');
    const expected = models.find(({ order }) => order === 3)!.perplexity;
    expect(Math.abs(perplexity(model, held).perplexity / expected - 1)).toBeLessThan(1e-6);
    const own = kneserNey(indexOf(linesOf('kenlm-train.txt')), { order: 3 });
    for (const context of [['<s>'], ['the', 'cat'], ['zebra', 'the'], ['in', 'the', 'old']]) {
      for (const token of ['the', 'cat', '</s>', 'zebra', 'sea']) {
        const [a, b] = [own, model].map((one) =>
          one.logProbability(
            context.map((word) => idOrUnknown(one.vocabulary, word)),
            idOrUnknown(one.vocabulary, token),
          ),
        );
        expect(Math.abs(a! / b! - 1)).toBeLessThan(1e-5);
      }
    }
    const row = model.logProbabilities([0]);
    expect(row.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 5);
  });

  test('comments before the head, entries in any order, a missing <unk>', () => {
    const own = [
      'made by hand',
      '\\data\\',
      'ngram 1=4',
      'ngram 2=2',
      '',
      '\\1-grams:',
      '-0.5 b -0.1',
      '-1 </s>',
      '-99 <s> -0.3',
      '-0.7 a',
      '',
      '\\2-grams:',
      '-0.2 b a',
      '-0.4 <s> b',
      '',
      '\\end\\',
    ].join('\r\n');
    const model = readArpa(own);
    const [a, b] = [model.vocabulary.idOf('a')!, model.vocabulary.idOf('b')!];
    const log10 = (context: number[], id: number): number => model.logProbability(context, id) / Math.LN10;
    expect(log10([0], b)).toBeCloseTo(-0.4, 12);
    expect(log10([0], a)).toBeCloseTo(-1, 12);
    expect(log10([b], a)).toBeCloseTo(-0.2, 12);
    expect(log10([b], 0)).toBeCloseTo(-1.1, 12);
    expect(log10([a], 1)).toBe(Number.NEGATIVE_INFINITY);
    expect(model.leavesNothingOut).toBe(false);
  });

  test.each([
    ['no head', text.replace('\\data\\', 'data')],
    ['nothing announced', text.replace(/ngram \d=\d+\n/g, '')],
    ['orders out of turn', text.replace('ngram 1', 'ngram 2')],
    ['a section missing', text.replace(/\\2-grams:[^\\]*/, '')],
    ['more announced than there are', text.replace('ngram 2=123', 'ngram 2=124')],
    ['fewer announced than there are', text.replace('ngram 2=123', 'ngram 2=122')],
    ['no end', text.replace('\\end\\', '')],
    ['no numbers', text.replace(/\t(cat)\t/, '\tcat\tx')],
    ['a word too many', text.replace('\tthe cat\t', '\tthe cat sat\t')],
    ['an n-gram twice', text.replace('\tthe dog\t', '\tthe cat\t')],
    ['a probability above 1', text.replace(/^-\S+\tcat\t/m, '0.5\tcat\t')],
    ['a word that is no 1-gram', text.replace('\tthe cat\t', '\tthe zebra\t')],
    [
      'nothing to begin with',
      text
        .replace('\t<s>\t', '\t<begin>\t')
        .replaceAll('<s> ', '<begin> ')
        .replace(/\t<begin>\t/, '\t<x>\t'),
    ],
    ['a border within', text.replace('\tthe cat sat\n', '\tthe </s> sat\n')],
    ['an empty file', ''],
  ])('%s: refused', (_, broken) => {
    expect(broken).not.toBe(text);
    expect(() => readArpa(broken)).toThrow(refused);
  });

  test('cut anywhere: refused', () => {
    for (let length = 0; length < text.trimEnd().length; length += 37)
      expect(() => readArpa(text.slice(0, length))).toThrow(refused);
  });
});

describe('arpaPieces', () => {
  test('a model comes back', () => {
    const index = indexOf(linesOf('kenlm-train.txt'));
    const model = kneserNey(index, { order: 4 });
    const again = readArpa([...arpaPieces(model)].join(''));
    const held = linesOf('kenlm-test.txt');
    expect(perplexity(again, held).perplexity / perplexity(model, held).perplexity).toBeCloseTo(1, 9);
    expect(again.vocabulary.size).toBe(index.vocabulary.size);
    expect([...arpaPieces(again)].join('').split('\n').length).toBe(
      [...arpaPieces(model)].join('').split('\n').length,
    );
  });

  test("the same n-grams, and numbers, as KenLM's file", () => {
    const written = [...arpaPieces(kneserNey(indexOf(linesOf('kenlm-train.txt')), { order: 3 }))].join('');
    const entries = (arpa: string) =>
      new Map(
        arpa
          .split('\n')
          .filter((line) => /^-?\d/.test(line))
          .map((line) => line.split('\t'))
          .map(([p, words, w]) => [words, [Number(p), Number(w ?? 0)]]),
      );
    const [own, theirs] = [entries(written), entries(text)];
    expect([...own.keys()].sort()).toEqual([...theirs.keys()].sort());
    for (const [words, [p, w]] of theirs) {
      if (words !== '<s>') expect(own.get(words)![0]).toBeCloseTo(p!, 5);
      expect(own.get(words)![1], words).toBeCloseTo(w!, 5);
    }
    expect(written.split('\n').slice(0, 5)).toEqual(text.split('\n').slice(0, 5));
  });
});
