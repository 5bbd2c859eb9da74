import { invalidParameter } from '@nexttoken/model';
import { llamaCppOwner } from './llama-cpp-keys';
import type { LlamaCppReader } from './llama-cpp-reader';

/** What llama.cpp's parameters say that is no processor: data for the loop, under `generate`'s names where it has one. */
export interface LlamaCppLoop {
  /** `seed`; absent: any. */
  readonly seed?: number;
  /** `n_predict`; absent: no limit. */
  readonly maxNewTokens?: number;
  /** `stop` as a list; empty: none. */
  readonly stopStrings: readonly string[];
  /** `n_probs`: of how many of the best tokens the probability is wanted at every step; 0: none. */
  readonly topProbabilities: number;
  /** `post_sampling_probs`: whether those after the processors. */
  readonly afterProcessors: boolean;
}

/** LLAMA_DEFAULT_SEED: any. */
const anySeed = 0xffffffff;

export function llamaCppLoop(read: LlamaCppReader): LlamaCppLoop {
  const seed = read.integer('seed', -1, -1);
  const limit = read.integer('n_predict', -1, -1);
  const given = read.raw('stop') ?? [];
  const stopStrings = [given].flat();
  if (!stopStrings.every((text) => typeof text === 'string' && text !== '')) {
    throw invalidParameter(llamaCppOwner, 'stop', given, 'a non-empty string, or a list of such');
  }
  return {
    ...(seed === -1 || seed === anySeed ? {} : { seed }),
    ...(limit === -1 ? {} : { maxNewTokens: limit }),
    stopStrings: stopStrings as string[],
    topProbabilities: read.integer('n_probs', 0, 0),
    afterProcessors: read.boolean('post_sampling_probs'),
  };
}
