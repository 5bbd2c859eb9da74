import { completionAnswer, completionChoice } from '../answer/completion-answer';
import { readBody } from '../http/read-body';
import { Fields } from '../request/fields';
import { readCompletion } from '../request/read-completion';
import { answerGeneration } from './answer-generation';
import type { Endpoint } from './endpoint';

/** `POST /v1/completions`: texts and ids, continued. */
export const completions: Endpoint = {
  method: 'POST',
  async answer(call) {
    const { request, service } = call;
    const fields = new Fields(await readBody(request, service.limits.bodyBytes));
    await answerGeneration(call, readCompletion(fields, service), {
      prefix: 'cmpl',
      choice: completionChoice,
      answer: completionAnswer,
    });
  },
};
