import type { LogitsProcessor } from '@nexttoken/model';
import { minP } from '../processors/min-p';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { temperature } from '../processors/temperature';
import { topK } from '../processors/top-k';
import { topP } from '../processors/top-p';
import { typicalP } from '../processors/typical-p';

export type GoldenParameters = Readonly<Record<string, number>>;

/** top_k takes min_tokens_to_keep 0 there, which means the same as 1; the others refuse it. */
function keep(parameters: GoldenParameters, lowest = 0) {
  const { min_tokens_to_keep } = parameters;
  return min_tokens_to_keep === undefined ? {} : { minTokensToKeep: Math.max(min_tokens_to_keep, lowest) };
}

/** Hugging Face's processors that this package has, made from Hugging Face's parameters. */
export const factories: Readonly<Record<string, (parameters: GoldenParameters) => LogitsProcessor>> = {
  temperature: (given) => temperature(given.temperature!),
  top_k: (given) => topK(given.top_k!, keep(given, 1)),
  top_p: (given) => topP(given.top_p!, keep(given)),
  min_p: (given) => minP(given.min_p!, keep(given)),
  typical_p: (given) => typicalP(given.typical_p!, keep(given)),
  repetition_penalty: (given) =>
    repetitionPenalty(
      given.penalty!,
      given.prompt_ignore_length === undefined ? {} : { promptIgnoreLength: given.prompt_ignore_length },
    ),
};
