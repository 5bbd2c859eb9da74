import type { ChoicePart } from '../run/choice-part';
import type { AnswerContext, Usage } from './answer-context';
import { choiceExtras } from './extras';
import { openAIReason } from './finish-reason';
import { logprobsContent } from './logprobs-content';
import { readToolCall } from './tool-call';

/** One choice of an answer, or what a chunk adds to it. */
export function chatChoice(
  part: ChoicePart,
  isFirst: boolean,
  context: AnswerContext,
): Record<string, unknown> {
  const { request } = context;
  const { index, text, steps } = part;
  const content = logprobsContent(
    steps.map(({ logprobs }) => logprobs),
    context,
  );
  const call = request.callsTool ? readToolCall(text) : undefined;
  const said = call
    ? { content: null, tool_calls: [request.stream ? { index: 0, ...call } : call] }
    : { content: text };
  return {
    index,
    ...(request.stream
      ? { delta: { ...(isFirst && { role: 'assistant' }), ...said } }
      : { message: { role: 'assistant', ...said, refusal: null } }),
    logprobs: request.logprobs ? { content, refusal: null } : null,
    finish_reason: call && part.finish ? 'tool_calls' : openAIReason(part.finish),
    ...choiceExtras(part, isFirst, context),
  };
}

/** The body of `/v1/chat/completions`, whole or a chunk. */
export function chatAnswer(
  choices: readonly unknown[],
  { id, created, modelId, request }: AnswerContext,
  usage?: Usage | null,
): Record<string, unknown> {
  return {
    id,
    object: request.stream ? 'chat.completion.chunk' : 'chat.completion',
    created,
    model: modelId,
    choices,
    ...(usage !== undefined && { usage }),
  };
}
