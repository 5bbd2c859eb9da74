import type { NextTokenError, StreamEvent, StreamFinishEvent, StreamUsage } from '@nexttoken/model';
import type { AnswerPart } from '../answer/answer-part';
import { type ChunkReading, readChunk } from '../answer/read-chunk';
import { readOllama } from '../answer/read-ollama';
import { createWholeCharacters } from '../answer/whole-characters';
import { readEvents } from '../http/read-events';
import { readLines } from '../http/read-lines';

/** The parts of an answer. @throws NextTokenError `request-failed` for what is no JSON */
async function* readParts(
  pieces: AsyncIterable<Uint8Array>,
  reading: ChunkReading,
  fail: (reason: string) => NextTokenError,
): AsyncGenerator<AnswerPart, void, undefined> {
  const isOllama = reading.dialect.protocol === 'ollama';
  for await (const data of isOllama ? readLines(pieces) : readEvents(pieces)) {
    if (data === '[DONE]') return;
    if (data.trim() === '') continue;
    let json: unknown;
    try {
      json = JSON.parse(data);
    } catch {
      throw fail('the server sent what is no JSON');
    }
    const part = isOllama ? readOllama(json, reading) : readChunk(json, reading);
    if (part.error !== undefined)
      throw fail(`the server failed in the middle of its answer: ${part.error.slice(0, 500)}`);
    yield part;
  }
}

/**
 * The events of an answer, out of its bytes.
 * @param fail makes the error of an answer that is not as it should be
 */
export async function* readAnswer(
  pieces: AsyncIterable<Uint8Array>,
  reading: ChunkReading,
  fail: (reason: string) => NextTokenError,
): AsyncGenerator<StreamEvent, void, undefined> {
  const characters = createWholeCharacters();
  const wantsTokens = reading.logprobs !== undefined;
  let whole = '';
  let finish: AnswerPart['finish'];
  let usage: StreamUsage | undefined;
  for await (const part of readParts(pieces, reading, fail)) {
    if (part.promptTokens) yield { type: 'prompt', tokens: part.promptTokens };
    const text = characters.push(part.text) + (part.finish ? characters.end() : '');
    whole += text;
    finish ??= part.finish;
    usage = part.usage ?? usage;
    if (text === '' && part.tokens.length === 0) continue;
    yield { type: 'delta', text, ...(wantsTokens && { tokens: part.tokens }) };
  }
  if (!finish) throw fail('the answer ended before its end');
  const { reason, serverReason } = finish;
  const end: StreamFinishEvent = {
    type: 'finish',
    reason,
    ...(serverReason !== undefined && { serverReason }),
    text: whole,
    ...(usage && { usage }),
  };
  yield end;
}
