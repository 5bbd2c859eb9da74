import { NextTokenError } from '@nexttoken/model';
import type { JsonFile } from './json-file';

export interface OnnxDimensions {
  readonly vocabSize: number;
  readonly contextLength: number;
  /** Sizes that a graph may leave open. */
  readonly keyValueHeadCount?: number;
  readonly headSize?: number;
}

/**
 * What a ready-made ONNX graph does not say itself, from the config.json beside it.
 * @throws NextTokenError `invalid-config` that names the missing or illegal field
 */
export function onnxDimensions(config: JsonFile): OnnxDimensions {
  const heads = optionalSize(config, ['num_attention_heads', 'n_head']);
  const hidden = optionalSize(config, ['hidden_size', 'n_embd']);
  const keyValueHeadCount = optionalSize(config, ['num_key_value_heads']) ?? heads;
  const quotient = heads && hidden && hidden % heads === 0 ? hidden / heads : undefined;
  const headSize = optionalSize(config, ['head_dim']) ?? quotient;
  return {
    vocabSize: size(config, ['vocab_size']),
    contextLength: size(config, ['max_position_embeddings', 'n_positions', 'n_ctx', 'max_sequence_length']),
    ...(keyValueHeadCount !== undefined && { keyValueHeadCount }),
    ...(headSize !== undefined && { headSize }),
  };
}

function size(config: JsonFile, fields: readonly [string, ...string[]]): number {
  const value = optionalSize(config, fields);
  if (value !== undefined) return value;
  throw illegal(config, fields[0], undefined);
}

function optionalSize(config: JsonFile, fields: readonly string[]): number | undefined {
  for (const field of fields) {
    const value = config.value[field];
    if (value === undefined || value === null) continue;
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
    throw illegal(config, field, value);
  }
  return undefined;
}

function illegal({ path }: JsonFile, field: string, value: unknown): NextTokenError {
  const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  const message = `${path}: ${field} ${found}; it must be a positive integer`;
  return new NextTokenError('invalid-config', message, { path, field, value });
}
