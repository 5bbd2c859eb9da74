import { openAITokenModel, probeServer } from '@nexttoken/backend-openai';
import { loadTokenizer } from '@nexttoken/load';
import type { OpenModel } from '../open-model';
import type { ServerRequest } from '../protocol';
import { inPlainWords } from './in-plain-words';

/**
 * A model on a server that speaks like OpenAI's, one token at a time: the server tells its best candidates, choosing is
 * done here. The tokenizer is the visitor's: a server names ids, and does not say what they stand for.
 * @throws NextTokenError in words for visitors: a server that does not answer, a wrong key, a missing model, no candidates
 */
export async function loadServer(
  { baseURL, model, dialect, apiKey, tokenizer: file, vocabSize, contextLength }: ServerRequest,
  signal: AbortSignal | undefined,
): Promise<OpenModel['loaded']> {
  const { tokenizer, chatTemplate } = await loadTokenizer(file, { signal });
  // Somebody waits in front of the page: a server that is not there is told at once.
  const server = { baseURL, model, dialect, maxRetries: 0, ...(apiKey && { apiKey }) };
  const limits = await probeServer({ ...server, ...(signal && { signal }) }).catch((error: unknown) => {
    throw inPlainWords(error, server);
  });
  if (limits.maxCandidates < 1) throw inPlainWords(undefined, server);
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
    chatTemplate,
    generationConfig: { endTokenIds: eos === undefined ? [] : [eos], defaults: {} },
    dispose: () => opened.dispose(),
  };
}
