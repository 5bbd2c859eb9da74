import { readGolden } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitSentences } from './split-sentences';
import { splitSentenceWords, splitWords } from './split-words';

const sentences = (text: string) => splitSentences(text).map((sentence) => sentence.text);
const words = (sentence: string) => splitSentenceWords(sentence).map((word) => word.text);

describe('sentences', () => {
  test.each([
    [['Dr. Smith met Mr. Jones at 5 p.m. yesterday.', 'They talked.']],
    [['"Stop!"', 'Then he left.', '(He ran.)', 'Why?']],
    [['It cost $3.50.', 'The U.S. economy grew.', 'In 1999.', '2000 came next.']],
    [['J. R. R. Tolkien wrote it.', 'She arrived at 5 p.m.', 'The train had left.']],
    [['Wait... what?', 'World War I.', 'Weeks later it ended.', 'No end']],
  ])('%j', (expected) => {
    expect(sentences(expected.join(' '))).toEqual(expected);
    expect(sentences(`${expected.join('\n\n ')} \n`)).toEqual(expected);
  });

  test('nothing in nothing', () => {
    expect([...sentences(''), ...sentences(' \n\t')]).toEqual([]);
    expect(() => splitSentences(undefined as never)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
  });

  test('spans are in order, apart by white space alone, and hold what stands there', () => {
    const part = fc.constantFrom(
      'Mr. ',
      'a',
      'It ',
      '. ',
      '.',
      '! ',
      '? ',
      '"',
      "'",
      ') ',
      '(',
      '...',
      '1.5 ',
      'U.S. ',
      '--',
      '\n',
      '”',
      '🦊',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        let end = 0;
        for (const sentence of splitSentences(text)) {
          expect(text.slice(end, sentence.start).trim()).toBe('');
          expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
          expect(sentence.end).toBeGreaterThan(sentence.start);
          end = sentence.end;
        }
        expect(text.slice(end).trim()).toBe('');
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [
      'a line of 5 MB',
      'The hen ran to Mr. Fox, who (of course) said "No!" and left. '.repeat(82_000),
      2 * 82_000,
    ],
    ['one letter', 'a'.repeat(1e6), 1],
    ['periods', '.'.repeat(1e6), 1],
    ['white space', `It.${' '.repeat(1e6)}It.`, 2],
    ['quotes', `a.${'"'.repeat(1e6)}`, 1],
    ['NUL and half a pair', 'a\0. \ud800b.', 2],
  ])('%s', (_, text, count) => {
    expect(splitSentences(text).length).toBe(count);
  });
});

describe('words', () => {
  test.each([
    ['"It\'s," he said, "can\'t be (5%)."', "`` It 's , '' he said , `` ca n't be ( 5 % ) . ''"],
    ["I'm gonna go; they'd've gone, won't they?", "I 'm gon na go ; they'd 've gone , wo n't they ?"],
    ['He cannot pay $3.50 -- or 1,000 e.g. now...', 'He can not pay $ 3.50 -- or 1,000 e.g. now ...'],
    ["'Tis the fox's den.", "' Tis the fox 's den ."],
    ['🦊 ran', '🦊 ran'],
    ['', ''],
  ])('%s', (sentence, expected) => {
    expect(words(sentence).join(' ')).toBe(expected);
  });

  test('spans hold the word, a quote the sign of the text', () => {
    const sentence = '"Can\'t we," he said, "go?"';
    for (const { text, start, end } of splitSentenceWords(sentence)) {
      expect(sentence.slice(start, end)).toBe(/^(``|'')$/.test(text) ? '"' : text);
    }
    const text = 'One hen. Two "foxes".';
    const spans = splitWords(text).flat();
    expect(spans.map((word) => text.slice(word.start, word.end)).join(' ')).toBe('One hen . Two " foxes " .');
  });

  test('what is no white space is in exactly one word', () => {
    const part = fc.constantFrom(
      "'",
      '"',
      '``',
      "''",
      '.',
      ',',
      ':',
      '(',
      '--',
      '?',
      ' ',
      '\n',
      'can',
      'not',
      "n't",
      "'s",
      'wanna',
      "'tis",
      '5',
      'é',
      '“',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const sentence = parts.join('');
        const covered = new Array<number>(sentence.length).fill(0);
        for (const { start, end } of splitSentenceWords(sentence))
          for (let i = start; i < end; i++) covered[i]! += 1;
        const expected = Array.from(sentence, (unit) => (unit.trim() === '' ? 0 : 1));
        expect(covered).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['a sentence of 300 kB', "the hen's (and fox's) den, ".repeat(12_000), 120_000],
    ['one letter', 'a'.repeat(1e6), 1],
    ['quotes', "'".repeat(1e5), undefined],
    ['spaces', ' '.repeat(1e6), 0],
    ['periods and brackets', '.)'.repeat(1e5), undefined],
  ])('%s', (_, sentence, count) => {
    const { length } = splitSentenceWords(sentence);
    if (count !== undefined) expect(length).toBe(count);
  });
});

describeShared("NLTK's answers", () => {
  interface Golden {
    readonly name: string;
    readonly text: string;
    readonly sentences: readonly string[];
    readonly words: readonly (readonly string[])[];
  }
  const { cases } = readGolden<{ cases: Golden[] }>('sentences/sentences.json');

  test('sentence borders agree for 97 % at least; the misses', () => {
    let borders = 0;
    const misses: string[] = [];
    for (const { name, text, sentences: expected } of cases) {
      let end = 0;
      const ends = expected.map((sentence) => {
        end = text.indexOf(sentence, end) + sentence.length;
        return end;
      });
      const own = splitSentences(text).map((sentence) => sentence.end);
      borders += new Set([...ends, ...own]).size;
      for (const at of ends)
        if (!own.includes(at)) misses.push(`${name}: none behind ${text.slice(at - 10, at)}`);
      for (const at of own)
        if (!ends.includes(at)) misses.push(`${name}: one behind ${text.slice(at - 10, at)}`);
    }
    expect(misses).toEqual(['hand/05: none behind ote it. A.']);
    expect(1 - misses.length / borders).toBeGreaterThan(0.97);
  });

  test('words agree for 99 % at least; the misses', () => {
    const misses = cases.flatMap(({ sentences: texts, words: expected }) =>
      texts.filter((text, i) => words(text).join('\n') !== expected[i]!.join('\n')),
    );
    expect(misses).toEqual([]);
  });
});
