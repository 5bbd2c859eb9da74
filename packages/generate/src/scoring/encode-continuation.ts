import type { LanguageModel, Tokenizer } from '@nexttoken/model';
import { encodePrompt } from '../options/encode-prompt';
import type { Prompt } from '../options/generate-options';

/** A continuation that is to be encoded behind its prompt. */
export interface ContinuationRequest {
  readonly owner: string;
  readonly name: string;
  readonly model: LanguageModel;
  readonly tokenizer?: Tokenizer | undefined;
  readonly prompt: Prompt;
  readonly promptIds: Int32Array;
  readonly continuation: Prompt;
  readonly addSpecialTokens?: boolean | undefined;
}

/**
 * The ids of a continuation: those that prompt and continuation have together behind the prompt's, where they
 * begin with the prompt's; else those of the continuation alone, without special tokens.
 * @throws NextTokenError what {@link encodePrompt} throws
 */
export function encodeContinuation(request: ContinuationRequest): Int32Array {
  const { owner, name, model, tokenizer, prompt, promptIds, continuation, addSpecialTokens = true } = request;
  const { vocabSize } = model;
  if (tokenizer && typeof prompt === 'string' && typeof continuation === 'string') {
    const { ids } = tokenizer.encode(prompt + continuation, { addSpecialTokens });
    if (ids.length > promptIds.length && promptIds.every((id, index) => ids[index] === id)) {
      const rest = ids.slice(promptIds.length);
      return encodePrompt({ owner, name, prompt: rest, tokenizer, addSpecialTokens: undefined, vocabSize });
    }
  }
  return encodePrompt({
    owner,
    name,
    prompt: continuation,
    tokenizer,
    addSpecialTokens: typeof continuation === 'string' ? false : undefined,
    vocabSize,
  });
}
