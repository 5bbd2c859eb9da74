import type { LanguageModelV3CallOptions } from '@ai-sdk/provider';
import type { GenerateOptions } from '@nexttoken/generate';
import { json, jsonSchema } from '@nexttoken/grammar';
import type { LogitsProcessor } from '@nexttoken/model';
import {
  categorical,
  frequencyPenalty,
  greedy,
  presencePenalty,
  temperature,
  topK,
  topP,
} from '@nexttoken/sampling';
import { endTokenIdsOf, type ModelSource } from '../model/model-source';
import { encodePrompt } from '../prompt/encode-prompt';
import { refuse } from '../prompt/refuse';
import { readOwnOptions } from './own-options';

// biome-ignore lint/suspicious/noExplicitAny: a state is its owner's affair
type Stage = LogitsProcessor<any>;

/** One stage of a setting; none where it is absent. */
const stage = <Value>(value: Value | undefined, make: (value: Value) => Stage): Stage[] =>
  value === undefined ? [] : [make(value)];

function formatStages(format: LanguageModelV3CallOptions['responseFormat'], source: ModelSource): Stage[] {
  if (format === undefined || format.type === 'text') return [];
  const options = { tokenizer: source.tokenizer, endTokenIds: endTokenIdsOf(source) };
  return [
    format.schema === undefined ? json({ ...options, root: 'object' }) : jsonSchema(format.schema, options),
  ];
}

/**
 * A call of the AI SDK as options of `generate`. Order: the grammar of a JSON format, penalties, temperature, top-k,
 * top-p, then `providerOptions.nexttoken.processors`.
 * @throws NextTokenError `unsupported-option` for tools, files and unknown options of ours; what the factories throw
 */
export function planCall(
  call: LanguageModelV3CallOptions,
  source: ModelSource,
): GenerateOptions & { readonly prompt: Int32Array } {
  const { tools = [], toolChoice, maxOutputTokens, seed, stopSequences } = call;
  if (tools.length > 0 && toolChoice?.type !== 'none') throw refuse('tools', 'tools are not called here');
  const own = readOwnOptions(call.providerOptions?.nexttoken);
  const { model, tokenizer } = source;
  const prompt = encodePrompt(call.prompt, source);
  const room = Math.max(0, model.capabilities.contextLength - prompt.length);
  const processors = [
    ...formatStages(call.responseFormat, source),
    ...stage(call.frequencyPenalty, (penalty) => frequencyPenalty(penalty)),
    ...stage(call.presencePenalty, (penalty) => presencePenalty(penalty)),
    ...(call.temperature === 0 ? [] : stage(call.temperature, temperature)),
    ...stage(call.topK, (k) => topK(k)),
    ...stage(call.topP, (p) => topP(p)),
    ...own.processors,
  ];
  return {
    model,
    tokenizer,
    prompt,
    processors,
    sampler: own.sampler ?? (call.temperature === 0 ? greedy() : categorical()),
    seed: seed ?? Math.floor(Math.random() * 2 ** 32),
    maxNewTokens: maxOutputTokens ?? room,
    minNewTokens: own.minNewTokens,
    endTokenIds: endTokenIdsOf(source),
    stopStrings: stopSequences ?? [],
    signal: call.abortSignal,
  };
}
