import { openAITokenModel, probeServer } from '@nexttoken/backend-openai';
import { NextTokenError } from '@nexttoken/model';
import { tokenizerFromJson } from '@nexttoken/tokenizers';
import type { OpenModel } from '../open-model';
import type { ServerRequest } from '../protocol';

/**
 * A model on a server that speaks like OpenAI's, one token at a time: the server tells its best candidates, choosing is
 * done here. The tokenizer is the visitor's: a server names ids, and does not say what they stand for.
 */
export async function loadServer(
  { baseURL, model, dialect, apiKey, tokenizer: file, vocabSize, contextLength }: ServerRequest,
  signal: AbortSignal | undefined,
): Promise<OpenModel['loaded']> {
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch (cause) {
    throw new NextTokenError(
      'invalid-file',
      'the tokenizer is no JSON',
      { path: 'tokenizer.json' },
      { cause },
    );
  }
  const tokenizer = tokenizerFromJson(json as Readonly<Record<string, unknown>>);
  const server = { baseURL, model, dialect, ...(apiKey && { apiKey }) };
  const limits = await probeServer({ ...server, ...(signal && { signal }) });
  const opened = openAITokenModel({
    ...server,
    limits,
    vocabSize: vocabSize ?? limits.vocabSize ?? tokenizer.vocabSize,
    contextLength: contextLength ?? limits.contextLength ?? 2048,
  });
  const { eos } = tokenizer.specialTokens;
  return {
    model: opened,
    tokenizer,
    chatTemplate: undefined,
    generationConfig: { endTokenIds: eos === undefined ? [] : [eos], defaults: {} },
    dispose: () => opened.dispose(),
  };
}
