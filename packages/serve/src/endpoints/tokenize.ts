import { readBody } from '../http/read-body';
import { sendJson } from '../http/send-json';
import { Fields } from '../request/fields';
import { readChatPrompt } from '../request/read-chat';
import { checkModel } from '../request/read-generation';
import type { Service } from '../request/service';
import type { Endpoint } from './endpoint';

function encode(fields: Fields, service: Service): readonly number[] {
  if (fields.has('messages')) return Array.from(readChatPrompt(fields, service));
  const prompt = fields.text('prompt');
  if (prompt === undefined) throw fields.wrong('prompt', 'a text (or give messages)');
  const addSpecialTokens = !fields.has('add_special_tokens') || fields.boolean('add_special_tokens');
  return Array.from(service.tokenizer.encode(prompt, { addSpecialTokens }).ids);
}

/** `POST /tokenize`: a text's or a chat's ids, and their texts with `return_token_strs` (vLLM's names). */
export const tokenize: Endpoint = {
  method: 'POST',
  async answer({ request, response, service }) {
    const fields = new Fields(await readBody(request, service.limits.bodyBytes));
    checkModel(fields, service);
    const tokens = encode(fields, service);
    const withTexts = fields.boolean('return_token_strs');
    fields.end();
    sendJson(response, 200, {
      count: tokens.length,
      max_model_len: service.model.capabilities.contextLength,
      tokens,
      ...(withTexts && { token_strs: tokens.map((id) => service.tokenizer.tokenOf(id) ?? null) }),
    });
  },
};

/** `POST /detokenize`: the text of some ids. */
export const detokenize: Endpoint = {
  method: 'POST',
  async answer({ request, response, service }) {
    const fields = new Fields(await readBody(request, service.limits.bodyBytes));
    checkModel(fields, service);
    const tokens = fields.ids('tokens', service.model.vocabSize);
    if (tokens === undefined) throw fields.wrong('tokens', 'a list of token ids');
    fields.end();
    sendJson(response, 200, { prompt: service.tokenizer.decode(tokens) });
  },
};
