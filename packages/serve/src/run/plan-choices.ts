import { type GenerateCapture, type GenerateEvent, generate } from '@nexttoken/generate';
import type { GenerationRequest } from '../request/generation-request';
import type { Service } from '../request/service';

/** Rows that a request occupies: its choices, and with guidance one more for each. */
export function rowsOf({ prompts, n, sampling }: GenerationRequest): number {
  const guided = sampling.processors.some(({ requires }) => requires?.guidance);
  return prompts.length * n * (guided ? 2 : 1);
}

/**
 * The run of a request; nothing is computed before the first event is asked for.
 * @throws NextTokenError what `generate` refuses
 */
export function planChoices(
  request: GenerationRequest,
  { model, tokenizer }: Service,
  signal: AbortSignal,
): AsyncIterable<GenerateEvent> {
  const { prompts, n, seed, sampling, logprobs, trace, negativePrompt } = request;
  const isProcessed = logprobs?.mode.startsWith('processed') ?? false;
  const capture: GenerateCapture = {
    logits: logprobs !== undefined && !isProcessed,
    scores: logprobs !== undefined && isProcessed,
    trace: trace === 'stages',
  };
  return generate({
    model,
    tokenizer,
    prompts,
    numReturnSequences: n,
    processors: sampling.processors,
    sampler: sampling.sampler,
    negativePrompt,
    seeds: prompts.flatMap(() => Array.from({ length: n }, (_, choice) => seed + choice)),
    maxNewTokens: request.maxNewTokens,
    minNewTokens: request.minNewTokens,
    endTokenIds: request.endTokenIds,
    stopTokenIds: request.stopTokenIds,
    stopStrings: request.stopStrings,
    capture,
    // Where every token is told, each is a step; the ids are the same either way.
    jumpForward: logprobs === undefined && !trace && !request.returnTokenIds,
    signal,
  });
}
