import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import type { ServeOptions } from './server-options';

const owner = 'serve';
const names: readonly string[] = Object.keys({
  model: 0,
  tokenizer: 0,
  chatTemplate: 0,
  endTokenIds: 0,
  modelId: 0,
  host: 0,
  port: 0,
  apiKeys: 0,
  corsOrigins: 0,
  maxRows: 0,
  maxQueue: 0,
  maxPromptTokens: 0,
  maxNewTokens: 0,
  maxBodyBytes: 0,
  stepPositions: 0,
  receiveTimeout: 0,
  sendTimeout: 0,
  onError: 0,
} satisfies Record<keyof ServeOptions, 0>);

function integer(
  name: keyof ServeOptions,
  value: unknown,
  minimum: number,
  maximum = Number.MAX_SAFE_INTEGER,
): void {
  if (value === undefined) return;
  if (Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum) return;
  throw invalidParameter(
    owner,
    name,
    value,
    maximum < Number.MAX_SAFE_INTEGER ? `an integer in [${minimum}, ${maximum}]` : `an integer >= ${minimum}`,
  );
}

function texts(name: 'apiKeys' | 'corsOrigins', value: unknown): void {
  if (value === undefined) return;
  const legal = Array.isArray(value) && value.every((item) => typeof item === 'string' && /^\S+$/.test(item));
  // A key must not stand in a message.
  if (!legal) throw invalidParameter(owner, name, '…', 'a list of texts without spaces, none empty');
}

/** @throws NextTokenError `unsupported-option`, `invalid-parameter` */
export function checkServeOptions(options: ServeOptions): void {
  checkOptionNames(owner, options, names);
  const { model, tokenizer, receiveTimeout = 15, sendTimeout = 60 } = options;
  if (typeof model?.createSession !== 'function')
    throw invalidParameter(owner, 'model', model, 'a language model');
  if (typeof tokenizer?.encode !== 'function')
    throw invalidParameter(owner, 'tokenizer', tokenizer, 'a tokenizer');
  integer('port', options.port, 0, 65535);
  integer('maxRows', options.maxRows, 1, Math.min(model.capabilities.maxRows, 4096));
  integer('maxQueue', options.maxQueue, 0);
  for (const name of ['maxPromptTokens', 'maxNewTokens', 'maxBodyBytes', 'stepPositions'] as const)
    integer(name, options[name], 1);
  for (const [name, value] of Object.entries({ receiveTimeout, sendTimeout }))
    if (!(typeof value === 'number' && value > 0 && value <= 86400))
      throw invalidParameter(owner, name, value, 'a number of seconds > 0');
  texts('apiKeys', options.apiKeys);
  texts('corsOrigins', options.corsOrigins);
}
