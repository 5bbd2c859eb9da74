import { invalidParameter, NextTokenError, type Tokenizer } from '@nexttoken/model';
import { checkIds } from './check-ids';
import type { Prompt } from './generate-options';

/** What is to be encoded, and for whom. */
export interface PromptRequest {
  /** What refuses, as the user wrote it, e.g. `generate`. */
  readonly owner: string;
  /** The option's name, e.g. `prompt`. */
  readonly name: string;
  readonly prompt: Prompt;
  readonly tokenizer: Tokenizer | undefined;
  /** Given by the user: it means nothing for ids. */
  readonly addSpecialTokens: boolean | undefined;
  readonly defaultAddSpecialTokens?: boolean;
  readonly vocabSize: number;
}

/**
 * A prompt's ids, copied and checked against the vocabulary.
 * @throws NextTokenError `empty-prompt`, `invalid-token-id`, `tokenizer-mismatch`, `invalid-parameter`,
 *   `unsupported-option`
 */
export function encodePrompt(request: PromptRequest): Int32Array {
  const { owner, name, prompt, tokenizer, addSpecialTokens, vocabSize } = request;
  const fromText = typeof prompt === 'string';
  if (!fromText && addSpecialTokens !== undefined) {
    throw new NextTokenError(
      'unsupported-option',
      `${owner}: addSpecialTokens means nothing for a ${name} given as ids`,
      { owner, option: 'addSpecialTokens' },
    );
  }
  if (!fromText && typeof prompt?.length !== 'number') {
    throw invalidParameter(owner, name, prompt, 'text or token ids');
  }
  if (fromText && !tokenizer) {
    throw invalidParameter(owner, 'tokenizer', tokenizer, `given when the ${name} is text`);
  }
  const ids = fromText
    ? tokenizer!.encode(prompt, {
        addSpecialTokens: addSpecialTokens ?? request.defaultAddSpecialTokens ?? true,
      }).ids
    : prompt;
  if (ids.length === 0) throw new NextTokenError('empty-prompt', `${owner}: the ${name} has no token`);
  checkIds(owner, name, ids, vocabSize, fromText);
  return Int32Array.from(ids);
}
