import { NextTokenError, type StreamRequest } from '@nexttoken/model';
import type { Dialect } from '../dialects/dialect';
import { samplingBody } from './sampling-body';

/** Where a request goes, and what it says. */
export interface ServerRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type SimpleOption = keyof Dialect['options'];

/** The options that are a field each. */
function optionFields(dialect: Dialect, request: StreamRequest): Record<string, unknown> {
  const isChat = 'messages' in request.prompt;
  const fields: Record<string, unknown> = {};
  for (const [option, field] of Object.entries(dialect.options) as [SimpleOption, string][]) {
    const value = request[option];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    fields[option === 'maxNewTokens' && isChat ? (dialect.chatMaxTokens ?? field) : field] = value;
  }
  return fields;
}

/** Asks for at least one candidate: some servers tell nothing where none are asked for. */
function logprobsFields(
  { logprobs: forms }: Dialect,
  { prompt, logprobs }: StreamRequest,
): Record<string, unknown> {
  const form = 'messages' in prompt ? forms?.chat : forms?.text;
  if (logprobs === undefined || !form) return {};
  return { ...form.fields, [form.count]: Math.max(1, logprobs) };
}

function ollamaRequest(
  owner: string,
  model: string,
  dialect: Dialect,
  request: StreamRequest,
): ServerRequest {
  const { prompt } = request;
  const options = { ...samplingBody(owner, dialect, request), ...optionFields(dialect, request) };
  const shared = { model, stream: true, options, ...logprobsFields(dialect, request) };
  return 'messages' in prompt
    ? { path: '/api/chat', body: { ...shared, messages: prompt.messages } }
    : { path: '/api/generate', body: { ...shared, prompt: (prompt as { text: string }).text, raw: true } };
}

/**
 * A checked request in the server's words.
 * @param contextLength where it is known: the limit of a text whose request has none
 * @throws NextTokenError `unsupported-option`
 */
export function requestBody(
  owner: string,
  model: string,
  dialect: Dialect,
  request: StreamRequest,
  contextLength: number | undefined,
): ServerRequest {
  if (dialect.protocol === 'ollama') return ollamaRequest(owner, model, dialect, request);
  const { prompt, continueFinalMessage, maxNewTokens } = request;
  const most = dialect.options.maxNewTokens;
  const shared = {
    model,
    stream: true,
    ...(dialect.streamUsage && { stream_options: { include_usage: true } }),
    ...samplingBody(owner, dialect, request),
    ...optionFields(dialect, request),
    ...logprobsFields(dialect, request),
    ...(request.promptLogprobs !== undefined && { return_token_ids: true }),
  };
  if ('messages' in prompt) {
    const last = continueFinalMessage ? dialect.continueFields : {};
    if (!last)
      throw new NextTokenError('unsupported-option', `${owner}: the server cannot continue a message`, {
        owner,
        option: 'continueFinalMessage',
      });
    return { path: '/chat/completions', body: { ...shared, messages: prompt.messages, ...last } };
  }
  const text = 'text' in prompt ? prompt.text : Array.from(prompt.ids);
  // Completions end after 16 tokens where nothing is said, which nobody asked for.
  const room =
    contextLength !== undefined && typeof text !== 'string' ? contextLength - text.length : contextLength;
  const limit =
    maxNewTokens === undefined && most && room !== undefined && dialect.order === 'data'
      ? { [most]: Math.max(1, room) }
      : {};
  return { path: '/completions', body: { ...shared, ...limit, prompt: text } };
}
