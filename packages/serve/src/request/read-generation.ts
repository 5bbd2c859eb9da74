import { randomInt } from 'node:crypto';
import { ApiError } from '../http/api-error';
import type { Fields } from './fields';
import { type GenerationRequest, type LogprobsRequest, logprobsModes } from './generation-request';
import { readFormat } from './read-format';
import { readSampling } from './read-sampling';
import type { ToolChoice } from './read-tools';
import type { Service } from './service';

/** Prompts as ids, and as texts where they are echoed. */
export type Prompts = Pick<GenerationRequest, 'prompts' | 'promptTexts'>;

/** What completions and chats say differently. */
export interface EndpointReading {
  readonly prompts: Prompts;
  readonly maxNewTokens: number;
  /** How many log-probabilities a token; `undefined`: none are wanted. */
  readonly logprobs: number | undefined;
  readonly echo: boolean;
  readonly tools?: ToolChoice | undefined;
}

const identifying = ['user', 'metadata', 'safety_identifier', 'prompt_cache_key', 'request_id'];

/** Fields of OpenAI's that change no token at the values of its clients. */
function readHarmless(fields: Fields): void {
  for (const name of identifying) fields.raw(name);
  fields.harmless('store', 'nothing is stored here', false);
  fields.harmless('service_tier', 'there is one tier', 'auto', 'default');
}

/** A count of log-probabilities; -1: of the whole vocabulary. */
export function readCount(fields: Fields, name: string, vocabSize: number): number | undefined {
  const count = fields.integer(name, { minimum: -1, maximum: vocabSize });
  return count === -1 ? vocabSize : count;
}

function readLogprobs(
  fields: Fields,
  vocabSize: number,
  count: number | undefined,
): LogprobsRequest | undefined {
  const mode = logprobsModes.find((known) => known === (fields.text('logprobs_mode') ?? logprobsModes[0]));
  if (!mode) throw fields.wrong('logprobs_mode', logprobsModes.join(', '));
  const ids = fields.ids('logprob_token_ids', vocabSize);
  if (count !== undefined) return { count, mode, ids };
  for (const name of ['logprobs_mode', 'logprob_token_ids'])
    if (fields.has(name))
      throw new ApiError(400, `${name} has no effect without logprobs`, {
        param: name,
        code: 'invalid_value',
      });
  return undefined;
}

function readTrace(fields: Fields): GenerationRequest['trace'] {
  const value = fields.raw('trace') ?? false;
  if (value === true) return 'stages';
  if (value === false || value === 'steps' || value === 'stages') return value;
  throw fields.wrong('trace', "true, false, 'steps' or 'stages'");
}

/**
 * The fields that completions and chats share.
 * @throws ApiError 400 that names the field, also for every field that nobody reads
 */
export function readGeneration(
  fields: Fields,
  { model, tokenizer, limits, ...service }: Service,
  { prompts, maxNewTokens, logprobs, echo, tools }: EndpointReading,
): GenerationRequest {
  const { vocabSize } = model;
  readHarmless(fields);
  const n = fields.integer('n', { minimum: 1, maximum: limits.rows }) ?? 1;
  fields.harmless('best_of', 'every choice is returned', n);
  if (prompts.prompts.length * n > limits.rows)
    throw fields.wrong('n', `such that there are at most ${limits.rows} choices`);
  const endTokenIds = fields.boolean('ignore_eos') ? [] : service.endTokenIds;
  const sampling = readSampling(fields, { tokenizer, vocabSize, endTokenIds, maxNewTokens });
  const formatContext = { tokenizer, endTokenIds };
  const asked = readFormat(fields, formatContext);
  if (tools && asked.length > 0) throw fields.wrong('tools', 'absent where the answer has another form');
  const format = tools ? [tools.grammar(formatContext)] : asked;
  const stream = fields.boolean('stream');
  const options = fields.object('stream_options');
  if (options && !stream) throw fields.wrong('stream_options', 'absent where stream is not true');
  const includeUsage = options?.boolean('include_usage') ?? false;
  options?.end();
  const request: GenerationRequest = {
    ...prompts,
    n,
    maxNewTokens,
    minNewTokens: fields.integer('min_tokens', { minimum: 0 }) ?? 0,
    stopStrings: fields.texts('stop', 64),
    stopTokenIds: fields.ids('stop_token_ids', vocabSize) ?? [],
    endTokenIds,
    seed: fields.integer('seed', { minimum: 0, maximum: 2 ** 53 - 1 - limits.rows }) ?? randomInt(2 ** 31),
    sampling: { ...sampling, processors: [...format, ...sampling.processors] },
    negativePrompt: fields.text('negative_prompt'),
    logprobs: readLogprobs(fields, vocabSize, logprobs),
    promptLogprobs: readCount(fields, 'prompt_logprobs', vocabSize),
    echo,
    trace: readTrace(fields),
    callsTool: tools !== undefined,
    stream,
    includeUsage,
    returnTokenIds: fields.boolean('return_token_ids'),
    tokensAsIds: fields.boolean('return_tokens_as_token_ids'),
  };
  fields.end();
  return request;
}

/** The limit of new tokens that a request asks for. */
export function readMaxTokens(
  fields: Fields,
  names: readonly string[],
  fallback: number,
  limit: number,
): number {
  const given = names.filter((name) => fields.has(name));
  const values = given.map((name) => fields.integer(name, { minimum: 0, maximum: limit })!);
  if (values.some((value) => value !== values[0])) throw fields.wrong(given[1]!, `the same as ${given[0]}`);
  return values[0] ?? Math.min(fallback, limit);
}

/** @throws ApiError 404 for the name of a model that is not served here */
export function checkModel(fields: Fields, { modelId }: Pick<Service, 'modelId'>): void {
  const asked = fields.text('model');
  if (asked === undefined || asked === modelId) return;
  const message = `the model ${JSON.stringify(asked.slice(0, 100))} is not served here; ${JSON.stringify(modelId)} is`;
  throw new ApiError(404, message, { param: 'model', code: 'model_not_found' });
}
