import type { LogitsProcessor } from '@nexttoken/model';
import { chain } from '../chain/chain';
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
import { withOptions, withoutOptions } from './factory-registration';
import type { ProcessorRegistration } from './registration';

/**
 * All processors of this package, each with the names of its factory's first arguments. A function, so that
 * who does not ask for them does not load them.
 */
export const builtInProcessors = (): readonly ProcessorRegistration[] => [
  {
    type: 'chain',
    fromData: ({ processors }) =>
      chain(...((Array.isArray(processors) ? processors : [processors]) as LogitsProcessor[])),
  },
  withOptions('allowTokens', allowTokens, 'allowed'),
  withOptions('badWords', badWords, 'words'),
  withoutOptions('classifierFreeGuidance', classifierFreeGuidance, 'scale'),
  withOptions('dry', dry, 'multiplier'),
  withOptions('dynamicTemperature', dynamicTemperature, 'temperature'),
  withOptions('encoderNoRepeatNgram', encoderNoRepeatNgram, 'size'),
  withOptions('encoderRepetitionPenalty', encoderRepetitionPenalty, 'penalty'),
  withOptions('epsilonCutoff', epsilonCutoff, 'epsilon'),
  withOptions('etaCutoff', etaCutoff, 'epsilon'),
  withOptions('exponentialDecayLength', exponentialDecayLength, 'factor'),
  withoutOptions('forcedBos', forcedBos, 'id'),
  withOptions('forcedEos', forcedEos, 'endTokenIds'),
  withOptions('frequencyPenalty', frequencyPenalty, 'penalty'),
  withoutOptions('hammingDiversity', hammingDiversity, 'penalty'),
  withoutOptions('infNanRemove', infNanRemove),
  withoutOptions('logNormalize', logNormalize),
  withoutOptions('logitBias', logitBias, 'biases'),
  withOptions('minLength', minLength, 'length'),
  withOptions('minNewTokens', minNewTokens, 'count'),
  withOptions('minP', minP, 'p'),
  withoutOptions('noRepeatNgram', noRepeatNgram, 'size'),
  withOptions('presencePenalty', presencePenalty, 'penalty'),
  withOptions('repetitionPenalty', repetitionPenalty, 'penalty'),
  withoutOptions('sequenceBias', sequenceBias, 'biases'),
  withoutOptions('suppressTokens', suppressTokens, 'ids'),
  withOptions('suppressTokensAtBegin', suppressTokensAtBegin, 'ids'),
  withoutOptions('temperature', temperature, 'temperature'),
  withoutOptions('topH', topH, 'h'),
  withOptions('topK', topK, 'k'),
  withoutOptions('topNSigma', topNSigma, 'n'),
  withOptions('topP', topP, 'p'),
  withOptions('typicalP', typicalP, 'p'),
  withOptions('xtc', xtc, 'probability'),
];
