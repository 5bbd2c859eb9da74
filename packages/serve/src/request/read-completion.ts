import type { Fields } from './fields';
import type { GenerationRequest } from './generation-request';
import { checkModel, type Prompts, readCount, readGeneration, readMaxTokens } from './read-generation';
import type { Service } from './service';

const defaultNewTokens = 16;

const isIds = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');

/** `prompt`: a text, token ids, or a list of either. */
function readPrompts(fields: Fields, { tokenizer, model, limits }: Service): Prompts {
  const given = fields.raw('prompt');
  const list: readonly unknown[] = Array.isArray(given) && !isIds(given) ? given : [given];
  if (list.length === 0 || list.length > limits.rows)
    throw fields.wrong('prompt', `1 to ${limits.rows} texts or lists of token ids`);
  const addSpecialTokens = !fields.has('add_special_tokens') || fields.boolean('add_special_tokens');
  const promptTexts: string[] = [];
  const prompts = list.map((item) => {
    if (typeof item === 'string') {
      promptTexts.push(item);
      return tokenizer.encode(item, { addSpecialTokens }).ids;
    }
    const isLegal = (id: number): boolean => Number.isInteger(id) && id >= 0 && id < model.vocabSize;
    if (!isIds(item) || !item.every(isLegal))
      throw fields.wrong('prompt', `a text, token ids from 0 to ${model.vocabSize - 1}, or a list of either`);
    const ids = Int32Array.from(item);
    promptTexts.push(fields.boolean('echo') ? tokenizer.decode(ids, { skipSpecialTokens: true }) : '');
    return ids;
  });
  if (prompts.some(({ length }) => length > limits.promptTokens))
    throw fields.wrong('prompt', `at most ${limits.promptTokens} tokens long`);
  return { prompts, promptTexts };
}

/** The body of `/v1/completions`. @throws ApiError, NextTokenError */
export function readCompletion(fields: Fields, service: Service): GenerationRequest {
  checkModel(fields, service);
  const prompts = readPrompts(fields, service);
  fields.harmless('tools', 'functions are called in chats');
  fields.harmless('suffix', 'nothing is written into the middle of texts', '');
  const maxNewTokens = readMaxTokens(fields, ['max_tokens'], defaultNewTokens, service.limits.newTokens);
  return readGeneration(fields, service, {
    prompts,
    maxNewTokens,
    logprobs: readCount(fields, 'logprobs', service.model.vocabSize),
    echo: fields.boolean('echo'),
  });
}
