import type { LanguageModelV3FinishReason, LanguageModelV3Usage } from '@ai-sdk/provider';
import type { FinishReason } from '@nexttoken/model';

const limits: readonly FinishReason[] = ['max-new-tokens', 'max-length', 'max-time', 'context-length'];

/** The reason in the AI SDK's words, ours beside it. */
export function finishReasonOf(reason: FinishReason): LanguageModelV3FinishReason {
  const unified = limits.includes(reason) ? 'length' : reason === 'aborted' ? 'other' : 'stop';
  return { unified, raw: reason };
}

/** Tokens of a call; nothing is cached between calls. */
export function usageOf(promptTokens: number, newTokens: number): LanguageModelV3Usage {
  return {
    inputTokens: { total: promptTokens, noCache: promptTokens, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: newTokens, text: newTokens, reasoning: 0 },
  };
}
