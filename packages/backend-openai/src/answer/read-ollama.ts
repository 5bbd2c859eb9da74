import type { StreamFinishReason } from '@nexttoken/model';
import type { AnswerPart } from './answer-part';
import type { ChunkReading } from './read-chunk';
import { asCount, asObject, asText } from './read-json';
import { readContent } from './read-tokens';

const reasons: Readonly<Record<string, StreamFinishReason>> = { stop: 'stop', length: 'max-new-tokens' };

/** One line of Ollama's answer. */
export function readOllama(json: unknown, { isChat, logprobs, dialect }: ChunkReading): AnswerPart {
  const line = asObject(json);
  if (line.error !== undefined) return { text: '', tokens: [], error: asText(line.error) };
  const text = isChat ? asText(asObject(line.message).content) : asText(line.response);
  const tokens = logprobs === undefined ? [] : readContent(line.logprobs, logprobs, dialect);
  if (line.done !== true) return { text, tokens };
  const word = asText(line.done_reason) || 'stop';
  const [promptTokens, newTokens] = [asCount(line.prompt_eval_count), asCount(line.eval_count)];
  return {
    text,
    tokens,
    finish: { reason: reasons[word] ?? 'other', serverReason: word },
    ...(promptTokens !== undefined && newTokens !== undefined && { usage: { promptTokens, newTokens } }),
  };
}
