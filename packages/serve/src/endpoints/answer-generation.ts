import { randomUUID } from 'node:crypto';
import type { AnswerContext, Usage } from '../answer/answer-context';
import { usageOf } from '../answer/answer-context';
import { mergeParts } from '../answer/merge-parts';
import { tokenNames } from '../answer/token-names';
import { wholeChoices } from '../answer/tool-call';
import { ApiError } from '../http/api-error';
import { EventStream } from '../http/event-stream';
import { sendJson } from '../http/send-json';
import type { GenerationRequest } from '../request/generation-request';
import type { ChoicePart } from '../run/choice-part';
import { planChoices, rowsOf } from '../run/plan-choices';
import { runChoices } from '../run/run-choices';
import { scorePrompt } from '../run/score-prompt';
import type { Call } from './endpoint';

/** How one endpoint writes its answers. */
export interface AnswerFormat {
  /** Begins the ids of its answers. */
  readonly prefix: string;
  choice(part: ChoicePart, isFirst: boolean, context: AnswerContext): unknown;
  answer(choices: readonly unknown[], context: AnswerContext, usage?: Usage | null): unknown;
}

async function scorePrompts(
  { service, signal }: Call,
  request: GenerationRequest,
): Promise<AnswerContext['promptScores']> {
  const { prompts, promptLogprobs, logprobs, echo } = request;
  const wanted = promptLogprobs !== undefined || (echo && logprobs !== undefined);
  if (!wanted) return [];
  const count = Math.max(promptLogprobs ?? 0, echo ? (logprobs?.count ?? 0) : 0);
  const mode = logprobs?.mode.endsWith('_logits') ? 'raw_logits' : 'raw_logprobs';
  const scores: AnswerContext['promptScores'][number][] = [];
  for (const ids of prompts)
    scores.push(await scorePrompt(service.model, ids, { count, mode, ids: undefined }, signal));
  return scores;
}

/** Parts on their way to the client: counts tokens and notes the first one. */
async function* counted(
  parts: AsyncIterable<ChoicePart>,
  { service, begin }: Call,
  count: { tokens: number },
): AsyncGenerator<ChoicePart, void, undefined> {
  let isFirst = true;
  const steps = new Map<number, number>();
  for await (const part of parts) {
    if (isFirst) service.metrics.firstToken(performance.now() - begin);
    isFirst = false;
    // Tokens that a grammar forced are no steps: the end tells how many there were.
    const told = (steps.get(part.index) ?? 0) + part.steps.length;
    steps.set(part.index, told);
    count.tokens += part.steps.length + (part.newTokens === undefined ? 0 : part.newTokens - told);
    yield part;
  }
}

async function streamAnswer(
  parts: AsyncIterable<ChoicePart>,
  call: Call,
  context: AnswerContext,
  format: AnswerFormat,
  count: { readonly tokens: number },
): Promise<void> {
  const stream = new EventStream(call.response, call.service.patience);
  const { includeUsage } = context.request;
  const usage = includeUsage ? null : undefined;
  const seen = new Set<number>();
  stream.open();
  try {
    for await (const part of parts) {
      const choice = format.choice(part, !seen.has(part.index), context);
      seen.add(part.index);
      await stream.send(format.answer([choice], context, usage));
    }
    if (includeUsage) await stream.send(format.answer([], context, usageOf(context.request, count.tokens)));
    await stream.end();
  } finally {
    stream.stop();
  }
}

/**
 * Runs a checked request and answers it, whole or as a stream. Everything that can be refused is refused before it
 * waits for room.
 */
export async function answerGeneration(
  call: Call,
  request: GenerationRequest,
  format: AnswerFormat,
): Promise<void> {
  const { service, signal, response, begin } = call;
  const rows = rowsOf(request);
  if (rows > service.limits.rows)
    throw new ApiError(400, `the request needs ${rows} rows; at most ${service.limits.rows} run at once`, {
      param: 'n',
      code: 'invalid_value',
    });
  const events = planChoices(request, service, signal);
  const release = await service.admission.acquire(rows, signal);
  const count = { tokens: 0 };
  try {
    const context: AnswerContext = {
      id: `${format.prefix}-${randomUUID()}`,
      created: Math.floor(Date.now() / 1000),
      modelId: service.modelId,
      request,
      name: tokenNames(service.tokenizer, request.tokensAsIds),
      promptScores: await scorePrompts(call, request),
    };
    const run = runChoices(events, request, context.name);
    const parts = counted(request.callsTool ? wholeChoices(run) : run, call, count);
    if (request.stream) {
      await streamAnswer(parts, call, context, format, count);
      return;
    }
    const merged = await mergeParts(parts, request.prompts.length * request.n);
    const choices = merged.map((part) => format.choice(part, true, context));
    sendJson(response, 200, format.answer(choices, context, usageOf(request, count.tokens)));
  } finally {
    release();
    service.metrics.tokens(usageOf(request, 0).prompt_tokens, count.tokens);
    service.metrics.duration(performance.now() - begin);
  }
}
