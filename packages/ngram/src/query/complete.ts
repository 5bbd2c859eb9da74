import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import type { NgramCounts } from '../index/ngram-counts';
import type { PredictOptions } from './predict-next';
import { type Probe, probe } from './probe';

export interface CompleteOptions extends PredictOptions {
  /** New tokens at most; an integer >= 0, default 40. */
  readonly maxTokens?: number;
  /** Tokens that end a sentence, and with it the text; default `['.']`, none: `[]`. */
  readonly stop?: readonly string[];
  /** Called with every prediction. */
  readonly onProbe?: (probe: Probe) => void;
}

export interface Completion {
  /** All tokens, those given included. */
  readonly tokens: readonly string[];
  readonly finishReason: 'stop-token' | 'max-tokens';
}

/**
 * Continues a text token by token, each predicted from the longest known suffix, until a sentence ends or enough came.
 *
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`; `no-candidates` where nothing is known
 */
export function complete(
  counts: NgramCounts,
  tokens: readonly string[],
  options: CompleteOptions = {},
): Completion {
  const { maxTokens = 40, stop = ['.'], onProbe, ...predictOptions } = options;
  checkOptionNames('complete', predictOptions, ['topK', 'random', 'order', 'maxTokens', 'stop', 'onProbe']);
  if (!Number.isInteger(maxTokens) || maxTokens < 0) {
    throw invalidParameter('complete', 'maxTokens', maxTokens, 'an integer >= 0');
  }
  const text = [...tokens];
  for (let made = 0; made < maxTokens; made++) {
    const step = probe(counts, text, predictOptions);
    onProbe?.(step);
    text.push(step.token);
    if (stop.includes(step.token)) return { tokens: text, finishReason: 'stop-token' };
  }
  return { tokens: text, finishReason: 'max-tokens' };
}
