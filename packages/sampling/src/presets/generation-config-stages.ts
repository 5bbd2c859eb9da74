import type { LogitsProcessor } from '@nexttoken/model';
import { type AllowedTokens, allowTokens } from '../processors/allow-tokens';
import { badWords } from '../processors/bad-words';
import { classifierFreeGuidance } from '../processors/classifier-free-guidance';
import { encoderNoRepeatNgram } from '../processors/encoder-no-repeat-ngram';
import { encoderRepetitionPenalty } from '../processors/encoder-repetition-penalty';
import { exponentialDecayLength } from '../processors/exponential-decay-length';
import { forcedBos } from '../processors/forced-bos';
import { type ForcedEosOptions, forcedEos } from '../processors/forced-eos';
import { hammingDiversity } from '../processors/hamming-diversity';
import { infNanRemove } from '../processors/inf-nan-remove';
import { minLength } from '../processors/min-length';
import { minNewTokens } from '../processors/min-new-tokens';
import { noRepeatNgram } from '../processors/no-repeat-ngram';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { type SequenceBias, sequenceBias } from '../processors/sequence-bias';
import { suppressTokens } from '../processors/suppress-tokens';
import { suppressTokensAtBegin } from '../processors/suppress-tokens-at-begin';
import { type ConfigReader, illegalKey, isTokenId } from './config-reader';
import type { GenerationLoop } from './generation-loop';

function forcedEosOptions({ maxLength, maxNewTokens }: GenerationLoop): ForcedEosOptions {
  return maxLength === undefined ? { maxNewTokens: maxNewTokens! } : { maxLength };
}

/** A token that is forced and suppressed at once would leave nothing. */
function refuseForcedAndSuppressed(read: ConfigReader, suppressed: unknown): void {
  for (const key of ['forced_bos_token_id', 'forced_eos_token_id']) {
    const forced = read.list(key, isTokenId, 'a token id, or a list of them');
    if (forced.length > 0 && Array.isArray(suppressed) && forced.every((id) => suppressed.includes(id))) {
      throw illegalKey(key, read.raw(key), 'not all in suppress_tokens');
    }
  }
}

/**
 * The processors that run whether or not tokens are sampled, in Hugging Face's order and under its
 * conditions. A key at its neutral value makes none.
 */
export function stagesOfEveryMode(
  read: ConfigReader,
  loop: GenerationLoop,
  allowedTokens: AllowedTokens | undefined,
): LogitsProcessor[] {
  const { endTokenIds } = loop;
  const stages: LogitsProcessor[] = [];
  const add = <Value>(key: string, neutral: Value | undefined, make: (value: Value) => LogitsProcessor) => {
    const value = read.raw(key) as Value | undefined;
    if (value !== undefined && value !== neutral) stages.push(read.make(key, () => make(value)));
  };
  refuseForcedAndSuppressed(read, read.raw('suppress_tokens'));

  add('guidance_scale', 1, classifierFreeGuidance);
  add('sequence_bias', undefined, (biases: readonly SequenceBias[]) => sequenceBias(biases));
  if (loop.diversityPenalty > 0) stages.push(hammingDiversity(loop.diversityPenalty));
  add('encoder_repetition_penalty', 1, (penalty: number) => encoderRepetitionPenalty(penalty));
  add('repetition_penalty', 1, (penalty: number) => repetitionPenalty(penalty));
  add('no_repeat_ngram_size', 0, noRepeatNgram);
  add('encoder_no_repeat_ngram_size', 0, (size: number) => encoderNoRepeatNgram(size));
  add('bad_words_ids', undefined, (words: readonly number[][]) => badWords(words, { endTokenIds }));
  if (endTokenIds.length > 0) {
    add('min_length', 0, (length: number) => minLength(length, { endTokenIds }));
    add('min_new_tokens', 0, (count: number) => minNewTokens(count, { endTokenIds }));
  }
  if (allowedTokens !== undefined) {
    stages.push(allowTokens(allowedTokens, { acrossBeams: loop.numBeams > 1 }));
  }
  add('forced_bos_token_id', undefined, forcedBos);
  add('forced_eos_token_id', undefined, (ids: number | readonly number[]) =>
    forcedEos([ids].flat(), forcedEosOptions(loop)),
  );
  if (read.boolean('remove_invalid_values')) stages.push(infNanRemove());
  add('exponential_decay_length_penalty', undefined, (pair: readonly [number, number]) => {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw illegalKey('exponential_decay_length_penalty', pair, 'a pair [start, factor]');
    }
    return exponentialDecayLength(pair[1], { start: pair[0], endTokenIds });
  });
  add('suppress_tokens', undefined, suppressTokens);
  const afterForcedBos = read.raw('forced_bos_token_id') !== undefined;
  add('begin_suppress_tokens', undefined, (ids: readonly number[]) =>
    suppressTokensAtBegin(ids, { afterForcedBos }),
  );
  return stages;
}
