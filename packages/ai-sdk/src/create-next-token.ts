import type { EmbeddingModelV3, ImageModelV3, LanguageModelV3, ProviderV3 } from '@ai-sdk/provider';
import { checkOptionNames, invalidParameter, NextTokenError, nearestName } from '@nexttoken/model';
import { createLanguageModel } from './model/create-language-model';
import type { ModelSource } from './model/model-source';

/** What {@link createNextToken} takes. */
export interface NextTokenSettings {
  /** Models by the name that calls use: what `load` returns, or the parts of it. They stay the caller's. */
  readonly models: Readonly<Record<string, ModelSource>>;
}

/** Our models as the AI SDK's: `provider('name')` or `provider.languageModel('name')`. */
export interface NextTokenProvider extends ProviderV3 {
  (modelId: string): LanguageModelV3;
}

const owner = 'createNextToken';

/**
 * A provider for the AI SDK (specification V3: AI SDK 6 and 7) over models that run here: `generateText`, `streamText`,
 * `generateObject` (the JSON schema is a grammar that the text cannot leave). Temperature, top-k, top-p, both penalties,
 * stop sequences and seeds of a call are honoured; `providerOptions: { nexttoken: { processors, sampler, minNewTokens } }`
 * takes all of our processors as data, `{ type, parameters }`. `headers` of a call mean nothing here: nothing is sent.
 *
 * Nothing is accepted and ignored: tools, files and unknown options of ours are a NextTokenError `unsupported-option`.
 *
 * @param settings `models`
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`; the provider throws `model-not-found` for a name that
 *   it does not have (details: name, known, nearest)
 *
 * Cost: that of `generate`; every call reads its whole prompt.
 */
export function createNextToken(settings: NextTokenSettings): NextTokenProvider {
  checkOptionNames(owner, settings, ['models']);
  const { models } = settings;
  if (typeof models !== 'object' || models === null)
    throw invalidParameter(owner, 'models', models, 'an object of loaded models by name');
  const known = Object.keys(models);
  for (const [name, source] of Object.entries(models))
    if (typeof source?.model?.createSession !== 'function' || typeof source.tokenizer?.encode !== 'function')
      throw invalidParameter(owner, `models.${name}`, source, 'a loaded model: { model, tokenizer, … }');
  const languageModel = (modelId: string): LanguageModelV3 => {
    if (Object.hasOwn(models, modelId)) return createLanguageModel(modelId, models[modelId]!);
    const nearest = nearestName(modelId, known);
    const message = `${owner}: there is no model ${modelId}; there are ${known.join(', ')}`;
    throw new NextTokenError('model-not-found', message, { name: modelId, known, nearest });
  };
  const none =
    (kind: string) =>
    (modelId: string): never => {
      const details = { owner, option: kind, name: modelId };
      throw new NextTokenError(
        'unsupported-option',
        `${owner}: there are language models only, no ${kind}`,
        details,
      );
    };
  return Object.assign(languageModel, {
    specificationVersion: 'v3' as const,
    languageModel,
    embeddingModel: none('embeddingModel') as (modelId: string) => EmbeddingModelV3,
    imageModel: none('imageModel') as (modelId: string) => ImageModelV3,
  });
}
