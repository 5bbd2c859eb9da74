import { invalidParameter } from '@nexttoken/model';
import { spellBytes } from '../bytes/byte-alphabet';
import type { BpeTrainingOptions } from './bpe-training-options';

/** The tokens that exist before the first merge. */
export interface InitialVocabulary {
  /** Special tokens, then signs by code point. */
  readonly tokens: string[];
  readonly idOf: Map<string, number>;
  /** The token of a byte; -1 where the alphabet leaves it out. */
  readonly idOfByte: Int32Array;
}

/**
 * @param byteCounts how often each byte occurs in the corpus, shape `[256]`
 * @throws NextTokenError `invalid-parameter` when these alone exceed `vocabSize`
 */
export function initialVocabulary(byteCounts: Float64Array, options: BpeTrainingOptions): InitialVocabulary {
  const { vocabSize, specialTokens = [], initialAlphabet = 'bytes', limitAlphabet } = options;
  const signs = Array.from({ length: 256 }, (_, byte) => spellBytes([byte]));
  const frequency = new Map<string, number>();
  signs.forEach((sign, byte) => {
    if (byteCounts[byte]! > 0) frequency.set(sign, byteCounts[byte]!);
  });
  const wanted = initialAlphabet === 'bytes' ? signs : initialAlphabet === 'none' ? [] : initialAlphabet;
  for (const sign of wanted) frequency.set(sign, Number.POSITIVE_INFINITY);
  const codeOf = (sign: string) => sign.codePointAt(0)!;
  // Without a limit all stay; of equally rare signs the one with the higher code goes first.
  const kept = [...frequency]
    .sort(([a, countA], [b, countB]) => (countA === countB ? codeOf(a) - codeOf(b) : countB - countA))
    .slice(0, limitAlphabet ?? frequency.size)
    .map(([sign]) => sign)
    .sort((a, b) => codeOf(a) - codeOf(b));
  const tokens = [...new Set([...specialTokens, ...kept])];
  if (tokens.length > vocabSize) {
    const expected = `at least ${tokens.length}: special tokens and alphabet`;
    throw invalidParameter('trainBpe', 'vocabSize', vocabSize, expected);
  }
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  return { tokens, idOf, idOfByte: Int32Array.from(signs, (sign) => idOf.get(sign) ?? -1) };
}
