import type { LanguageModelV3Message, LanguageModelV3Prompt } from '@ai-sdk/provider';
import { type ChatMessage, NextTokenError } from '@nexttoken/model';
import type { ModelSource } from '../model/model-source';
import { refuse } from './refuse';

/** A message's text. @throws NextTokenError `unsupported-option` for parts that are no text */
function textOf(message: LanguageModelV3Message, index: number): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  return content
    .map((part, place) => {
      if (part.type === 'text') return part.text;
      throw refuse(`prompt[${index}].content[${place}]`, 'the model reads and writes text only', {
        part: part.type,
      });
    })
    .join('');
}

/**
 * The ids of an AI SDK prompt, written out by the model's chat template.
 * @throws NextTokenError `unsupported-option` for files, tool calls and their results; `chat-template` where there is
 *   none and the prompt is no single user message
 */
export function encodePrompt(
  prompt: LanguageModelV3Prompt,
  { tokenizer, chatTemplate }: ModelSource,
): Int32Array {
  const messages: ChatMessage[] = prompt.map((message, index) => ({
    role: message.role,
    content: textOf(message, index),
  }));
  if (chatTemplate) return tokenizer.encode(chatTemplate.render(messages), { addSpecialTokens: false }).ids;
  const [only, ...more] = messages;
  if (only?.role === 'user' && more.length === 0) return tokenizer.encode(only.content).ids;
  const reason = 'missing: give one user message, which is continued as it is';
  throw new NextTokenError('chat-template', `ai-sdk: the model has no chat template; ${reason}`, { reason });
}
