import type { ChatTemplate, LanguageModel, Tokenizer } from '@nexttoken/model';

/** A model with what belongs to it: what `load` of `@nexttoken/load` returns is one. */
export interface ModelSource {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  /** Without one, a prompt of a single user message is continued as it is; all others are refused. */
  readonly chatTemplate?: ChatTemplate | undefined;
  /** Its `endTokenIds` end a text. Default: the tokenizer's `eos`. */
  readonly generationConfig?: { readonly endTokenIds: readonly number[] } | undefined;
}

/** The ids that end a text. */
export function endTokenIdsOf({ tokenizer, generationConfig }: ModelSource): readonly number[] {
  const { eos } = tokenizer.specialTokens;
  return generationConfig?.endTokenIds ?? (eos === undefined ? [] : [eos]);
}
