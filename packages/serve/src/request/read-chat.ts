import type { Fields } from './fields';
import type { GenerationRequest } from './generation-request';
import { checkModel, readCount, readGeneration, readMaxTokens } from './read-generation';
import { noChatTemplate, readMessages } from './read-messages';
import { readTools } from './read-tools';
import type { Service } from './service';

/** The ids of `messages`, written out by the model's own template. */
export function readChatPrompt(
  fields: Fields,
  { chatTemplate, tokenizer }: Service,
  tools?: readonly unknown[],
): Int32Array {
  const messages = readMessages(fields);
  const continueFinalMessage = fields.boolean('continue_final_message');
  const addGenerationPrompt = fields.has('add_generation_prompt')
    ? fields.boolean('add_generation_prompt')
    : !continueFinalMessage;
  if (continueFinalMessage && addGenerationPrompt)
    throw fields.wrong('add_generation_prompt', 'false where continue_final_message is true');
  const variables = fields.object('chat_template_kwargs')?.values;
  if (!chatTemplate) throw noChatTemplate();
  const text = chatTemplate.render(messages, {
    addGenerationPrompt,
    continueFinalMessage,
    ...(tools && { tools }),
    ...(variables && { variables }),
  });
  return tokenizer.encode(text, { addSpecialTokens: false }).ids;
}

/** The body of `/v1/chat/completions`. @throws ApiError, NextTokenError */
export function readChat(fields: Fields, service: Service): GenerationRequest {
  checkModel(fields, service);
  const { limits, model } = service;
  const tools = readTools(fields);
  const ids = readChatPrompt(fields, service, tools?.tools);
  if (ids.length > limits.promptTokens)
    throw fields.wrong('messages', `at most ${limits.promptTokens} tokens long`);
  fields.harmless('modalities', 'answers are texts');
  const room = Math.max(0, model.capabilities.contextLength - ids.length);
  const maxNewTokens = readMaxTokens(fields, ['max_tokens', 'max_completion_tokens'], room, limits.newTokens);
  const wanted = fields.boolean('logprobs');
  const count = readCount(fields, 'top_logprobs', model.vocabSize);
  if (count !== undefined && !wanted) throw fields.wrong('top_logprobs', 'absent where logprobs is not true');
  return readGeneration(fields, service, {
    prompts: { prompts: [ids], promptTexts: [''] },
    maxNewTokens,
    logprobs: wanted ? (count ?? 0) : undefined,
    echo: false,
    tools,
  });
}
