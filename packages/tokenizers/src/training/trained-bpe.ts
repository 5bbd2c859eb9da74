import type { Tokenizer } from '@nexttoken/model';
import { tokenizerFromJson } from '../tokenizer-json/tokenizer-from-json';
import type { BpeTrainingOptions } from './bpe-training-options';
import type { StopReason } from './learn-merges';
import { preTokenizerJson } from './pre-tokenizer';

/** A vocabulary that was learnt. */
export interface TrainedBpe {
  /** Token by id in the byte-level spelling: special tokens, signs, then merges. */
  readonly vocabulary: readonly string[];
  /** Pairs of tokens by rank. */
  readonly merges: readonly (readonly [left: string, right: string])[];
  /** Why no more was learnt; unless `vocab-size`, the vocabulary is smaller than asked for. */
  readonly stopped: StopReason;
  /** A `tokenizer.json` as Hugging Face's libraries load it; plain data, a new object every time. */
  toTokenizerJson(): Record<string, unknown>;
  /** The ready tokenizer. */
  toTokenizer(): Tokenizer;
}

export function trainedBpe(
  vocabulary: readonly string[],
  merges: readonly (readonly [string, string])[],
  stopped: StopReason,
  options: BpeTrainingOptions,
): TrainedBpe {
  const { addPrefixSpace = false, specialTokens = [] } = options;
  const toTokenizerJson = () => ({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: preTokenizerJson(options),
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: addPrefixSpace, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
      merges: merges.map(([left, right]) => [left, right]),
    },
  });
  return {
    vocabulary,
    merges,
    stopped,
    toTokenizerJson,
    toTokenizer: () => tokenizerFromJson(toTokenizerJson()),
  };
}
