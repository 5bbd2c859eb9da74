import { invalidParameter, type LanguageModel, NextTokenError, type Tokenizer } from '@nexttoken/model';
import type { GenerateOptions } from './generate-options';

function encodePrompt(text: string, tokenizer: Tokenizer | undefined, addSpecialTokens: boolean): Int32Array {
  if (tokenizer) return tokenizer.encode(text, { addSpecialTokens }).ids;
  throw invalidParameter('generate', 'tokenizer', tokenizer, 'given when the prompt is text');
}

function checkIds(ids: ArrayLike<number>, model: LanguageModel, fromText: boolean): void {
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index]!;
    if (Number.isInteger(id) && id >= 0 && id < model.vocabSize) continue;
    const details = { id, vocabSize: model.vocabSize, index };
    throw fromText
      ? new NextTokenError(
          'tokenizer-mismatch',
          `generate: the tokenizer made id ${id}, but the model has ${model.vocabSize} ids`,
          details,
        )
      : new NextTokenError(
          'invalid-token-id',
          `generate: prompt[${index}] is ${id}, not an id in [0, ${model.vocabSize})`,
          details,
        );
  }
}

/**
 * The prompt's ids, checked against vocabulary and context before anything runs.
 * @param cached positions that the session holds already
 * @throws NextTokenError `empty-prompt`, `invalid-token-id`, `tokenizer-mismatch`, `context-overflow`
 */
export function resolvePrompt(options: GenerateOptions, cached: number): Int32Array {
  const { model, prompt, tokenizer, addSpecialTokens } = options;
  const fromText = typeof prompt === 'string';
  if (!fromText && addSpecialTokens !== undefined) {
    throw new NextTokenError(
      'unsupported-option',
      'generate: addSpecialTokens means nothing for a prompt given as ids',
      { owner: 'generate', option: 'addSpecialTokens' },
    );
  }
  if (!fromText && typeof prompt?.length !== 'number') {
    throw invalidParameter('generate', 'prompt', prompt, 'text or token ids');
  }
  const ids = fromText ? encodePrompt(prompt, tokenizer, addSpecialTokens ?? cached === 0) : prompt;
  if (ids.length === 0) throw new NextTokenError('empty-prompt', 'generate: the prompt has no token');
  checkIds(ids, model, fromText);
  const length = cached + ids.length;
  const { contextLength } = model.capabilities;
  if (length > contextLength) {
    throw new NextTokenError(
      'context-overflow',
      `generate: ${length} positions do not fit into the model's context of ${contextLength}`,
      { length, contextLength },
    );
  }
  return Int32Array.from(ids);
}
