import type { StreamFinishReason, StreamUsage } from '@nexttoken/model';
import type { Dialect, LogprobsForm } from '../dialects/dialect';
import type { AnswerPart } from './answer-part';
import { asCount, asList, asObject, asText, type Json } from './read-json';
import { readContent, readLists, readPromptTokens } from './read-tokens';

/** What the reading depends on. */
export interface ChunkReading {
  readonly dialect: Dialect;
  readonly isChat: boolean;
  /** Candidates a token; `undefined`: no tokens were asked for. */
  readonly logprobs: number | undefined;
  readonly promptLogprobs: number | undefined;
}

const reasons: Readonly<Record<string, StreamFinishReason>> = {
  stop: 'stop',
  length: 'max-new-tokens',
  content_filter: 'content-filter',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
};

/** Our own server's words for what OpenAI's word leaves open. */
const details: Readonly<Record<string, StreamFinishReason>> = {
  'end-token': 'end-token',
  'stop-string': 'stop-string',
  'stop-token': 'stop-token',
  'max-new-tokens': 'max-new-tokens',
  'context-length': 'context-length',
};

function readFinish(choice: Json): AnswerPart['finish'] {
  const word = choice.finish_reason;
  if (typeof word !== 'string') return undefined;
  const stop = choice.stop_reason;
  const told = details[asText(choice.finish_detail)];
  const byStop =
    typeof stop === 'string' ? 'stop-string' : typeof stop === 'number' ? 'stop-token' : undefined;
  const reason = told ?? (word === 'stop' ? byStop : undefined) ?? reasons[word] ?? 'other';
  return { reason, serverReason: told ? asText(choice.finish_detail) : word };
}

function readUsage(value: unknown): StreamUsage | undefined {
  const usage = asObject(value);
  const promptTokens = asCount(usage.prompt_tokens);
  const newTokens = asCount(usage.completion_tokens);
  if (promptTokens === undefined || newTokens === undefined) return undefined;
  const cachedTokens = asCount(asObject(usage.prompt_tokens_details).cached_tokens);
  return { promptTokens, newTokens, ...(cachedTokens !== undefined && { cachedTokens }) };
}

const formOf = ({ dialect, isChat }: ChunkReading): LogprobsForm | undefined =>
  (isChat ? dialect.logprobs?.chat : dialect.logprobs?.text)?.form;

/** One chunk of a completion or a chat. */
export function readChunk(json: unknown, reading: ChunkReading): AnswerPart {
  const chunk = asObject(json);
  if (chunk.error !== undefined && chunk.error !== null)
    return {
      text: '',
      tokens: [],
      error: asText(asObject(chunk.error).message) || JSON.stringify(chunk.error),
    };
  const choice = asObject(asList(chunk.choices)[0]);
  const { isChat, logprobs, promptLogprobs, dialect } = reading;
  const text = isChat ? asText(asObject(choice.delta).content) : asText(choice.text);
  const told = asObject(choice.logprobs);
  const tokens =
    logprobs === undefined
      ? []
      : formOf(reading) === 'lists'
        ? readLists(told, logprobs)
        : readContent(told.content, logprobs, dialect);
  const finish = readFinish(choice);
  const usage = readUsage(chunk.usage);
  return {
    text,
    tokens,
    ...(promptLogprobs !== undefined &&
      choice.prompt_tokens !== undefined && {
        promptTokens: readPromptTokens(choice, promptLogprobs, dialect),
      }),
    ...(finish && { finish }),
    ...(usage && { usage }),
  };
}
