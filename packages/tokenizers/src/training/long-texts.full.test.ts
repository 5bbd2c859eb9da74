import { expect, test } from 'vitest';
import { trainBpe } from './train-bpe';

const sentence = 'The quick brown fox jumps over the lazy dog, and the hen sat on a warm stone: 12 foxes. ';
let state = 1;
const letters = Array.from({ length: 1e6 }, () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return String.fromCharCode(97 + Math.floor((state / 2 ** 32) * 26));
}).join('');

test.each([
  ['a line of 5 MB', sentence.repeat(57_000)],
  ['one letter, a million times', 'a'.repeat(1e6)],
  ['a word of a million letters', letters],
  ['one emoji, half a million times', '🦊'.repeat(5e5)],
  ['NUL, a million times', '\0'.repeat(1e6)],
])(
  '%s',
  async (_, text) => {
    const trained = await trainBpe(text, { vocabSize: 2000 });
    const tokenizer = trained.toTokenizer();
    expect(tokenizer.decode(tokenizer.encode(text.slice(0, 1e5)).ids)).toBe(text.slice(0, 1e5));
  },
  120_000,
);
