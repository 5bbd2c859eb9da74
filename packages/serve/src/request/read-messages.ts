import type { ChatMessage } from '@nexttoken/model';
import { ApiError } from '../http/api-error';
import { Fields } from './fields';

const mostMessages = 4096;

/** A message's content: a text, or parts that are texts. */
function readContent(fields: Fields): string {
  const content = fields.raw('content');
  if (typeof content === 'string') return content;
  if (content === undefined && fields.values.role === 'assistant') return '';
  if (!Array.isArray(content))
    throw fields.wrong('content', 'a text, or a list of parts { type: "text", text }');
  return content
    .map((part: unknown, index) => {
      const isPart = typeof part === 'object' && part !== null && !Array.isArray(part);
      if (!isPart) throw fields.wrong(`content[${index}]`, 'an object { type: "text", text }');
      const partFields = new Fields(part as Record<string, unknown>, `${fields.prefix}content[${index}].`);
      if (partFields.raw('type') !== 'text')
        throw partFields.wrong('type', '"text": this model reads texts only');
      const text = partFields.text('text');
      partFields.end();
      if (text === undefined) throw partFields.wrong('text', 'a text');
      return text;
    })
    .join('');
}

/** `messages`, as a chat template takes them. @throws ApiError 400 that names message and field */
export function readMessages(fields: Fields): readonly ChatMessage[] {
  const list = fields.raw('messages');
  if (!Array.isArray(list) || list.length === 0 || list.length > mostMessages)
    throw fields.wrong('messages', `a list of 1 to ${mostMessages} messages`);
  return list.map((message: unknown, index) => {
    if (typeof message !== 'object' || message === null || Array.isArray(message))
      throw fields.wrong(`messages[${index}]`, 'an object { role, content }');
    const own = new Fields(message as Record<string, unknown>, `messages[${index}].`);
    const role = own.text('role');
    if (role === undefined || role === '') throw own.wrong('role', 'a text, e.g. "user"');
    const content = readContent(own);
    const rest: Record<string, unknown> = {};
    for (const name of ['name', 'tool_calls', 'tool_call_id']) if (own.has(name)) rest[name] = own.raw(name);
    own.harmless('refusal', 'it is an answer of OpenAI’s');
    own.end();
    return { role, content, ...rest };
  });
}

/** @throws ApiError 400: this model is no chat model */
export function noChatTemplate(): ApiError {
  return new ApiError(400, 'this model has no chat template; use /v1/completions', {
    param: 'messages',
    code: 'chat_template_missing',
  });
}
