import { describe, expect, test } from 'vitest';
import { originalRange, sliceAligned } from '../text/aligned-text';
import { readJson } from '../tokenizer-json/read-json';
import { readPreTokenizer } from '../tokenizer-json/read-pre-tokenizer';

/** Words of a text, each with its range of the text. */
function words(config: object, text: string, tracked = true): [string, number, number][] {
  let pieces = [{ text, base: 0, tracked }] as Parameters<typeof originalRange>[0][];
  const part = readJson(config, 'tokenizer.json', 'invalid-file', 'pre_tokenizer');
  for (const stage of readPreTokenizer(part).flatMap((step) => step.stages)) {
    pieces = pieces.flatMap((piece) => {
      if (stage.rewrite) return [stage.rewrite(piece)];
      const cut: typeof pieces = [];
      stage.cut(piece.text, 0, piece.text.length, (start, end) => cut.push(sliceAligned(piece, start, end)));
      return cut;
    });
  }
  return pieces.map((piece) => [piece.text, ...originalRange(piece, 0, piece.text.length)]);
}
const cut = (config: object, text: string) => {
  const found = words(config, text).map(([word]) => word);
  expect(words(config, text, false).map(([word]) => word)).toEqual(found);
  return found;
};
const onDash = (behavior: string, invert = false) => ({
  type: 'Split',
  pattern: { String: '-' },
  behavior,
  invert,
});

describe('pre-tokenizers as the Rust library documents them', () => {
  test.each([
    ['Removed', ['the', 'final', 'countdown']],
    ['Isolated', ['the', '-', 'final', '-', '-', 'countdown']],
    ['MergedWithPrevious', ['the-', 'final-', '-', 'countdown']],
    ['MergedWithNext', ['the', '-final', '-', '-countdown']],
    ['Contiguous', ['the', '-', 'final', '--', 'countdown']],
  ])('Split, %s', (behavior, expected) => {
    expect(cut(onDash(behavior), 'the-final--countdown')).toEqual(expected);
  });

  test('Split, inverted, and refused', () => {
    expect(cut(onDash('Removed', true), 'a-b--c')).toEqual(['-', '-', '-']);
    expect(cut(onDash('MergedWithNext', true), 'a-b')).toEqual(['a-', 'b']);
    expect(() => cut(onDash('Sideways'), 'a')).toThrow('pre_tokenizer.behavior');
    expect(() => cut({ ...onDash('Isolated'), pattern: { String: '' } }, 'a')).toThrow(
      'pre_tokenizer.pattern',
    );
    expect(() => cut({ ...onDash('Isolated'), pattern: { Regex: '(' } }, 'a')).toThrow(
      'pre_tokenizer.pattern',
    );
  });

  test('a split of many pieces stays linear: the search ends where the piece does', () => {
    const config = { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, onDash('Isolated')] };
    expect(cut(config, 'ab '.repeat(100_000))).toHaveLength(100_000);
  });

  test('Digits are all numbers of Unicode', () => {
    expect(cut({ type: 'Digits', individual_digits: true }, 'a12½b')).toEqual(['a', '1', '2', '½', 'b']);
    expect(cut({ type: 'Digits', individual_digits: false }, 'a12½b')).toEqual(['a', '12½', 'b']);
  });

  test('white space is that of Unicode: the next-line character is, the byte order mark is not', () => {
    const byteLevel = { type: 'ByteLevel', add_prefix_space: false };
    expect(cut({ type: 'WhitespaceSplit' }, 'a\u0085b\ufeffc d')).toEqual(['a', 'b\ufeffc', 'd']);
    expect(cut(byteLevel, '!\ufeff')).toEqual(['!ï»¿']);
    expect(cut(byteLevel, 'a \u0085b')).toEqual(['a', 'Ġ', 'Âħ', 'b']);
  });

  test('Whitespace, Punctuation, Bert, CharDelimiterSplit, FixedLength', () => {
    expect(cut({ type: 'Whitespace' }, 'größe, 你好!? _a')).toEqual(['größe', ',', '你好', '!?', '_a']);
    expect(cut({ type: 'Punctuation' }, 'a,.b')).toEqual(['a', ',', '.', 'b']);
    expect(cut({ type: 'Punctuation', behavior: 'Contiguous' }, 'a,.b')).toEqual(['a', ',.', 'b']);
    expect(cut({ type: 'BertPreTokenizer' }, " it's  a…")).toEqual(['it', "'", 's', 'a', '…']);
    expect(cut({ type: 'CharDelimiterSplit', delimiter: '|' }, 'a|b||c')).toEqual(['a', 'b', 'c']);
    expect(cut({ type: 'FixedLength', length: 2 }, 'ab😀cd')).toEqual(['ab', '😀c', 'd']);
  });

  test('ByteLevel with a prefix space, which stands for the first character', () => {
    const config = { type: 'ByteLevel', add_prefix_space: true };
    expect(words(config, 'ab c')).toEqual([
      ['Ġab', 0, 2],
      ['Ġc', 2, 4],
    ]);
    expect(cut(config, ' a b')).toEqual(['Ġa', 'Ġb']);
    expect(cut({ ...config, use_regex: false }, 'a b')).toEqual(['ĠaĠb']);
    expect(words({ ...config, add_prefix_space: false }, 'é!')).toEqual([
      ['Ã©', 0, 1],
      ['!', 1, 2],
    ]);
  });

  test('Metaspace, split and whole', () => {
    const config = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' };
    expect(words(config, 'a  bc')).toEqual([
      ['▁a', 0, 1],
      ['▁', 1, 2],
      ['▁bc', 2, 5],
    ]);
    expect(cut({ ...config, split: false }, 'a  bc')).toEqual(['▁a▁▁bc']);
    expect(cut({ ...config, prepend_scheme: 'never' }, 'a b')).toEqual(['a', '▁b']);
    expect(() => cut({ ...config, prepend_scheme: 'x' }, 'a')).toThrow('pre_tokenizer.prepend_scheme');
  });

  test('contractions in any case, with the long s', () => {
    const config = { type: 'Split', pattern: { Regex: "(?i:'s|'re|'[st])" }, behavior: 'Isolated' };
    expect(cut(config, "a'sb'REc'ſd")).toEqual(['a', "'s", 'b', "'RE", 'c', "'ſ", 'd']);
  });
});
