import type { LogitsProcessor } from '@nexttoken/model';
import {
  allowTokens,
  badWords,
  encoderNoRepeatNgram,
  exponentialDecayLength,
  forcedBos,
  forcedEos,
  infNanRemove,
  minLength,
  noRepeatNgram,
  suppressTokens,
  suppressTokensAtBegin,
} from '@nexttoken/sampling';
import type { SamplingContext } from '../read-sampling';
import type { StageReader } from './stage-reader';

/** What may, must and must not come. */
export function ruleStages(
  read: StageReader,
  { vocabSize, endTokenIds, maxNewTokens }: SamplingContext,
): LogitsProcessor[] {
  const { fields } = read;
  const ids = (name: string): readonly number[] => fields.ids(name, vocabSize)!;
  return [
    ...read.stage('no_repeat_ngram_size', [0], noRepeatNgram),
    ...read.stage('encoder_no_repeat_ngram_size', [0], (size: number) => encoderNoRepeatNgram(size)),
    ...read.stage('bad_words_ids', [], (words: readonly number[][]) => {
      if (!Array.isArray(words) || !words.every(Array.isArray))
        throw fields.wrong('bad_words_ids', 'a list of lists of token ids');
      return badWords(words, { endTokenIds });
    }),
    ...read.stage('min_length', [0], (length: number) => minLength(length, { endTokenIds })),
    ...read.stage('allowed_token_ids', [], () => {
      const allowed = ids('allowed_token_ids');
      if (allowed.length === 0) throw fields.wrong('allowed_token_ids', 'at least one token id');
      return allowTokens(() => allowed);
    }),
    ...read.stage('forced_bos_token_id', [], forcedBos),
    ...read.stage('forced_eos_token_id', [], (id: number | number[]) =>
      forcedEos([id].flat(), { maxNewTokens }),
    ),
    ...read.stage('remove_invalid_values', [false], () => infNanRemove()),
    ...read.stage('exponential_decay_length_penalty', [], (pair: readonly [number, number]) => {
      if (!Array.isArray(pair) || pair.length !== 2)
        throw fields.wrong('exponential_decay_length_penalty', 'a pair [start, factor]');
      return exponentialDecayLength(pair[1], { start: pair[0], endTokenIds });
    }),
    ...read.stage('suppress_tokens', [], () => suppressTokens(ids('suppress_tokens'))),
    ...read.stage('begin_suppress_tokens', [], () => suppressTokensAtBegin(ids('begin_suppress_tokens'))),
  ];
}
