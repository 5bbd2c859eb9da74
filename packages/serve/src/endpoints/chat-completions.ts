import { chatAnswer, chatChoice } from '../answer/chat-answer';
import { readBody } from '../http/read-body';
import { Fields } from '../request/fields';
import { readChat } from '../request/read-chat';
import { answerGeneration } from './answer-generation';
import type { Endpoint } from './endpoint';

/** `POST /v1/chat/completions`: messages, answered. */
export const chatCompletions: Endpoint = {
  method: 'POST',
  async answer(call) {
    const { request, service } = call;
    const fields = new Fields(await readBody(request, service.limits.bodyBytes));
    await answerGeneration(call, readChat(fields, service), {
      prefix: 'chatcmpl',
      choice: chatChoice,
      answer: chatAnswer,
    });
  },
};
