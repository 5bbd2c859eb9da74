import type { LogitsProcessor } from '@nexttoken/model';
import { allowTokens } from '../processors/allow-tokens';
import { badWords } from '../processors/bad-words';
import { classifierFreeGuidance } from '../processors/classifier-free-guidance';
import { dry } from '../processors/dry';
import { dynamicTemperature } from '../processors/dynamic-temperature';
import { encoderNoRepeatNgram } from '../processors/encoder-no-repeat-ngram';
import { encoderRepetitionPenalty } from '../processors/encoder-repetition-penalty';
import { epsilonCutoff } from '../processors/epsilon-cutoff';
import { etaCutoff } from '../processors/eta-cutoff';
import { exponentialDecayLength } from '../processors/exponential-decay-length';
import { forcedBos } from '../processors/forced-bos';
import { forcedEos } from '../processors/forced-eos';
import { frequencyPenalty } from '../processors/frequency-penalty';
import { hammingDiversity } from '../processors/hamming-diversity';
import { infNanRemove } from '../processors/inf-nan-remove';
import { logNormalize } from '../processors/log-normalize';
import { logitBias } from '../processors/logit-bias';
import { minLength } from '../processors/min-length';
import { minNewTokens } from '../processors/min-new-tokens';
import { minP } from '../processors/min-p';
import { noRepeatNgram } from '../processors/no-repeat-ngram';
import { presencePenalty } from '../processors/presence-penalty';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { sequenceBias } from '../processors/sequence-bias';
import { suppressTokens } from '../processors/suppress-tokens';
import { suppressTokensAtBegin } from '../processors/suppress-tokens-at-begin';
import { temperature } from '../processors/temperature';
import { topH } from '../processors/top-h';
import { topK } from '../processors/top-k';
import { topNSigma } from '../processors/top-n-sigma';
import { topP } from '../processors/top-p';
import { typicalP } from '../processors/typical-p';
import { xtc } from '../processors/xtc';

/** A processor as an example, and what holds for it on every row. */
export interface ProcessorExample {
  /** That does something on most rows; ids are at most 4, so rows of 5 and more scores suit it. */
  readonly processor: LogitsProcessor;
  /** The same processor at its neutral value, where it has one. */
  readonly neutral?: LogitsProcessor;
  /** It only removes: what stays keeps its bits. */
  readonly filters?: true;
  /** It moves all scores by one monotone function: the order of the tokens stays. */
  readonly keepsOrder?: true;
  /** It may bring back what was removed: forcing and repairing do. */
  readonly revives?: true;
  /** It may make a finite row hold NaN. */
  readonly makesNan?: true;
}

const ends = { endTokenIds: [1, 4] };

/** Every processor of the package, once. */
export const everyProcessor: readonly ProcessorExample[] = [
  { processor: temperature(0.7), neutral: temperature(1), keepsOrder: true },
  { processor: dynamicTemperature(1, { range: 0.5 }), neutral: dynamicTemperature(1), keepsOrder: true },
  { processor: topK(3), neutral: topK(1_000_000), filters: true },
  { processor: topP(0.8), neutral: topP(1), filters: true },
  { processor: minP(0.1), neutral: minP(0), filters: true },
  { processor: typicalP(0.6), neutral: typicalP(1), filters: true },
  { processor: epsilonCutoff(0.05), neutral: epsilonCutoff(0), filters: true },
  { processor: etaCutoff(0.05), neutral: etaCutoff(0), filters: true },
  { processor: topH(0.5), filters: true },
  { processor: topNSigma(1), neutral: topNSigma(Infinity), filters: true },
  { processor: xtc(0.9, { threshold: 0.1 }), neutral: xtc(0), filters: true },
  { processor: repetitionPenalty(1.3), neutral: repetitionPenalty(1) },
  { processor: encoderRepetitionPenalty(1.3), neutral: encoderRepetitionPenalty(1) },
  { processor: frequencyPenalty(0.5), neutral: frequencyPenalty(0) },
  { processor: presencePenalty(0.5), neutral: presencePenalty(0) },
  { processor: dry(0.8), neutral: dry(0) },
  { processor: noRepeatNgram(2), filters: true },
  { processor: encoderNoRepeatNgram(1, { encoderIds: [0, 3] }), filters: true },
  { processor: logitBias([[0, 2.5]]), neutral: logitBias([[0, 0]]) },
  { processor: sequenceBias([[[2], -1.5]]), neutral: sequenceBias([[[2], 0]]) },
  { processor: badWords([[1], [0, 3]]), neutral: badWords([[1]], ends), filters: true },
  { processor: suppressTokens([0, 4]), neutral: suppressTokens([]), filters: true },
  {
    processor: suppressTokensAtBegin([0, 4]),
    neutral: suppressTokensAtBegin([]),
    filters: true,
  },
  { processor: minLength(1000, ends), neutral: minLength(0, ends), filters: true },
  { processor: minNewTokens(1000, ends), neutral: minNewTokens(0, ends), filters: true },
  { processor: forcedBos(2), revives: true },
  { processor: forcedEos([1, 4], { maxNewTokens: 1 }), revives: true },
  {
    processor: exponentialDecayLength(1.1, { start: 0, promptLength: 0, ...ends }),
    neutral: exponentialDecayLength(1, { start: 0, ...ends }),
    makesNan: true,
  },
  { processor: allowTokens(() => [0, 1, 2]), revives: true },
  { processor: infNanRemove(), revives: true },
  { processor: logNormalize(), keepsOrder: true },
  { processor: classifierFreeGuidance(1.5), neutral: classifierFreeGuidance(1) },
  { processor: hammingDiversity(0.5), neutral: hammingDiversity(0) },
];
