import { SequencePreTokenizer } from '@huggingface/tokenizers';
import { describe, expect, test } from 'vitest';
import { preTokenizerConfig } from './pre-tokenizer-config';
import { readJson } from './read-json';

function cut(config: object, text: string): string[] {
  const step = preTokenizerConfig(readJson(config, 'tokenizer.json', 'invalid-file', 'pre_tokenizer'));
  const all = new SequencePreTokenizer({ type: 'Sequence', pretokenizers: [step] } as never);
  return all.pre_tokenize(text, { section_index: 0 });
}

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
  ])('Split, %s', (behavior, words) => {
    expect(cut(onDash(behavior), 'the-final--countdown')).toEqual(words);
  });

  test('Split, inverted', () => {
    expect(cut(onDash('Removed', true), 'a-b--c')).toEqual(['-', '-', '-']);
    expect(() => cut(onDash('MergedWithNext', true), 'a')).toThrow('pre_tokenizer.invert');
    expect(() => cut(onDash('Sideways'), 'a')).toThrow('pre_tokenizer.behavior');
  });

  test('Digits are all numbers of Unicode', () => {
    expect(cut({ type: 'Digits', individual_digits: true }, 'a12½b')).toEqual(['a', '1', '2', '½', 'b']);
    expect(cut({ type: 'Digits', individual_digits: false }, 'a12½b')).toEqual(['a', '12½', 'b']);
  });

  test('white space is that of Unicode: the next-line character is, the byte order mark is not', () => {
    const words = { type: 'WhitespaceSplit' };
    expect(cut(words, 'a\u0085b\ufeffc d')).toEqual(['a', 'b\ufeffc', 'd']);
    expect(cut({ type: 'ByteLevel', add_prefix_space: false }, '!\ufeff')).toEqual(['!ï»¿']);
    expect(cut({ type: 'ByteLevel', add_prefix_space: false }, 'a \u0085b')).toEqual(['a', 'Ġ', 'Âħ', 'b']);
  });

  test('Whitespace, Punctuation, Bert, CharDelimiterSplit', () => {
    expect(cut({ type: 'Whitespace' }, 'größe, 你好!? _a')).toEqual(['größe', ',', '你好', '!?', '_a']);
    expect(cut({ type: 'Punctuation' }, 'a,.b')).toEqual(['a', ',', '.', 'b']);
    expect(cut({ type: 'Punctuation', behavior: 'Contiguous' }, 'a,.b')).toEqual(['a', ',.', 'b']);
    expect(cut({ type: 'BertPreTokenizer' }, " it's  a…")).toEqual(['it', "'", 's', 'a', '…']);
    expect(cut({ type: 'CharDelimiterSplit', delimiter: '|' }, 'a|b||c')).toEqual(['a', 'b', 'c']);
  });

  test('ByteLevel with a prefix space', () => {
    const config = { type: 'ByteLevel', add_prefix_space: true };
    expect(cut(config, 'a b')).toEqual(['Ġa', 'Ġb']);
    expect(cut(config, ' a b')).toEqual(['Ġa', 'Ġb']);
    expect(cut({ ...config, use_regex: false }, 'a b')).toEqual(['ĠaĠb']);
  });

  test('Metaspace, split and whole', () => {
    const config = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' };
    expect(cut(config, 'a  bc')).toEqual(['▁a', '▁', '▁bc']);
    expect(cut({ ...config, split: false }, 'a  bc')).toEqual(['▁a▁▁bc']);
    expect(cut({ ...config, prepend_scheme: 'never' }, 'a b')).toEqual(['a', '▁b']);
  });

  test('contractions in any case, with the long s', () => {
    const config = { type: 'Split', pattern: { Regex: "(?i:'s|'re|'[st])" }, behavior: 'Isolated' };
    expect(cut(config, "a'sb'REc'ſd")).toEqual(['a', "'s", 'b', "'RE", 'c', "'ſ", 'd']);
  });
});
