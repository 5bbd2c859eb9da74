import { checkOptionNames, invalidParameter, type LanguageModel } from '@nexttoken/model';
import { checkCount } from '../options/check-count';
import type { Draft } from './draft';
import { ModelDraftRow } from './model-draft-row';

export interface ModelDraftOptions {
  /** The most tokens proposed at once, an integer >= 1; default 4. */
  readonly tokens?: number;
}

/**
 * A draft that asks another, cheaper model with the same tokenizer: a small transformer, an n-gram model, …
 * Its logits pass the row's own processors. For the `categorical` sampler it draws from them, and proposals are
 * kept or replaced so that the model's distribution is exact; for any other sampler it proposes its highest
 * scores, and those that the sampler chooses as well are kept.
 *
 * The draft model may know more or fewer ids than the model: those that the model lacks are never proposed.
 * Beyond the draft's own context nothing is proposed.
 *
 * Cost: one forward of the draft a proposed token, in a session of its own for each row.
 * Source: Leviathan et al., "Fast Inference from Transformers via Speculative Decoding", 2023.
 *
 * @param model any `LanguageModel` that can truncate; it is not disposed
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 */
export function modelDraft(model: LanguageModel, options: ModelDraftOptions = {}): Draft {
  const owner = 'modelDraft';
  checkOptionNames(owner, options, ['tokens']);
  const { tokens = 4 } = options;
  if (typeof model?.createSession !== 'function') {
    throw invalidParameter(owner, 'model', model, 'a language model');
  }
  if (!model.capabilities.truncate) {
    throw invalidParameter(owner, 'model', model.modelId, 'a model that can truncate');
  }
  checkCount(owner, 'tokens', tokens, 1);
  return {
    kind: 'draft',
    type: 'modelDraft',
    parameters: { modelId: model.modelId, tokens },
    openRow: ({ vocabSize, random }) => new ModelDraftRow(model, tokens, vocabSize, random),
  };
}
