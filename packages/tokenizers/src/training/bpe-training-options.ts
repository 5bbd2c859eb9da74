import { checkOptionNames, type EncodeOptions, invalidParameter } from '@nexttoken/model';
import type { BpeTrainingEvent } from './bpe-training-event';
import type { BytePreTokenizerOptions } from './pre-tokenizer';

/** What a vocabulary is learnt with. */
export interface BpeTrainingOptions extends BytePreTokenizerOptions {
  /** How many tokens the vocabulary has at most, special ones and alphabet included. */
  readonly vocabSize: number;
  /** A pair must occur this often to be merged; an integer, default 0 (any pair). */
  readonly minFrequency?: number;
  /** They get the first ids, in this order, and never come out of a text's own bytes. Default none. */
  readonly specialTokens?: readonly string[];
  /**
   * Which signs are tokens even where the corpus lacks them: all 256 byte signs (default, so that every text can be
   * encoded), none, or a list of single characters in the byte-level spelling.
   */
  readonly initialAlphabet?: 'bytes' | 'none' | readonly string[];
  /** At most this many signs are kept, the rarest go (initial ones last); default no limit. */
  readonly limitAlphabet?: number;
  /** Two halves that together reach this many signs are not merged; default no limit. */
  readonly maxTokenLength?: number;
  /** Halves of surrogate pairs that stand alone: `error` (default) throws, `replace` takes each for U+FFFD. */
  readonly illFormed?: EncodeOptions['illFormed'];
  /** Stops at the next pause; the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told of every merge as it is learnt, and of the counting before, in order. */
  readonly onEvent?: ((event: BpeTrainingEvent) => void) | undefined;
}

const names: readonly (keyof BpeTrainingOptions)[] = [
  'vocabSize',
  'minFrequency',
  'specialTokens',
  'initialAlphabet',
  'limitAlphabet',
  'maxTokenLength',
  'addPrefixSpace',
  'splitDigits',
  'illFormed',
  'signal',
  'onEvent',
];

/** @throws NextTokenError `unsupported-option`, `invalid-parameter` */
export function checkBpeTrainingOptions(owner: string, options: BpeTrainingOptions): void {
  checkOptionNames(owner, options, names);
  const integer = (name: keyof BpeTrainingOptions, least: number) => {
    const value = options[name] as number | undefined;
    if (value === undefined && name !== 'vocabSize') return;
    if (!Number.isSafeInteger(value) || value! < least || value! > 2 ** 22) {
      throw invalidParameter(owner, name, value, `an integer in [${least}, 2^22]`);
    }
  };
  integer('vocabSize', 1);
  integer('minFrequency', 0);
  integer('limitAlphabet', 1);
  integer('maxTokenLength', 1);
  const { splitDigits, addPrefixSpace, specialTokens = [], initialAlphabet = 'bytes' } = options;
  if (splitDigits !== undefined && !['none', 'individual', 'contiguous'].includes(splitDigits)) {
    throw invalidParameter(owner, 'splitDigits', splitDigits, 'none, individual or contiguous');
  }
  if (addPrefixSpace !== undefined && typeof addPrefixSpace !== 'boolean') {
    throw invalidParameter(owner, 'addPrefixSpace', addPrefixSpace, 'true or false');
  }
  if (
    !Array.isArray(specialTokens) ||
    specialTokens.some((token) => typeof token !== 'string' || token === '')
  ) {
    throw invalidParameter(owner, 'specialTokens', specialTokens, 'a list of strings that are not empty');
  }
  if (new Set(specialTokens).size !== specialTokens.length) {
    throw invalidParameter(owner, 'specialTokens', specialTokens, 'different from each other');
  }
  const single = (sign: unknown) => typeof sign === 'string' && Array.from(sign).length === 1;
  const isList = Array.isArray(initialAlphabet) && initialAlphabet.every(single);
  if (!isList && initialAlphabet !== 'bytes' && initialAlphabet !== 'none') {
    throw invalidParameter(owner, 'initialAlphabet', initialAlphabet, 'bytes, none or a list of characters');
  }
}
