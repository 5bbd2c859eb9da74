import { NextTokenError } from '@nexttoken/model';
import { asCount, asList, asObject, asText, type Json } from '../answer/read-json';
import type { Dialect } from '../dialects/dialect';
import type { HttpClient } from '../http/http-client';

/** What a server tells about its model. */
export interface ModelInfo {
  readonly contextLength?: number;
  readonly vocabSize?: number;
}

async function json(client: HttpClient, path: string, body: unknown, signal: AbortSignal): Promise<Json> {
  const response = await client.send(path, body, signal);
  return asObject(await response.json().catch(() => undefined));
}

const first = (...values: readonly unknown[]): number | undefined =>
  values.map(asCount).find((value) => value !== undefined && value > 0);

function ollamaInfo(answer: Json): ModelInfo {
  const entries = Object.entries(asObject(answer.model_info));
  const contextLength = first(
    ...entries.filter(([name]) => name.endsWith('.context_length')).map(([, value]) => value),
  );
  const vocabSize = first(
    ...entries.filter(([name]) => name.endsWith('.vocab_size')).map(([, value]) => value),
  );
  return { ...(contextLength && { contextLength }), ...(vocabSize && { vocabSize }) };
}

/**
 * Asks for the model's context and vocabulary.
 * @throws NextTokenError `model-not-found` (details: name, known) where the server does not have it; what `send` throws
 */
export async function readModelInfo(
  client: HttpClient,
  dialect: Dialect,
  model: string,
  signal: AbortSignal,
): Promise<ModelInfo> {
  if (dialect.protocol === 'ollama') return ollamaInfo(await json(client, '/api/show', { model }, signal));
  const listed = asList((await json(client, '/models', undefined, signal)).data).map(asObject);
  const found = listed.find(({ id }) => id === model);
  if (!found) {
    const known = listed.map(({ id }) => asText(id)).slice(0, 20);
    throw new NextTokenError('model-not-found', `the server has no model ${model}`, { name: model, known });
  }
  const meta = asObject(found.meta);
  const contextLength = first(found.max_model_len, meta.n_ctx, found.context_length, meta.n_ctx_train);
  const vocabSize = first(found.vocab_size, meta.n_vocab);
  return { ...(contextLength && { contextLength }), ...(vocabSize && { vocabSize }) };
}
