import { invalidParameter, NextTokenError } from '@nexttoken/model';
import { encodePrompt } from './encode-prompt';
import type { GenerateOptions } from './generate-options';

const owner = 'generate';

/**
 * The prompts' ids, checked against vocabulary and context before anything runs.
 * @param cached positions that the session holds already
 * @param slides whether a row may be longer than the context
 * @throws NextTokenError `empty-prompt`, `invalid-token-id`, `tokenizer-mismatch`, `context-overflow`
 */
export function resolvePrompts(
  options: GenerateOptions,
  cached: number,
  slides: boolean,
): readonly Int32Array[] {
  const { model, prompt, prompts, tokenizer, addSpecialTokens } = options;
  if (prompts !== undefined && prompt !== undefined) {
    throw invalidParameter(owner, 'prompts', prompts, 'left out when `prompt` is given');
  }
  if (prompts !== undefined && (!Array.isArray(prompts) || prompts.length === 0)) {
    throw invalidParameter(owner, 'prompts', prompts, 'a list of at least one prompt');
  }
  const list = prompts ?? [prompt!];
  return list.map((entry, index) => {
    const ids = encodePrompt({
      owner,
      name: prompts ? `prompts[${index}]` : 'prompt',
      prompt: entry,
      tokenizer,
      addSpecialTokens,
      defaultAddSpecialTokens: cached === 0,
      vocabSize: model.vocabSize,
    });
    const length = cached + ids.length;
    const { contextLength } = model.capabilities;
    if (length <= contextLength || slides) return ids;
    throw new NextTokenError(
      'context-overflow',
      `generate: ${length} positions do not fit into the model's context of ${contextLength}`,
      { length, contextLength, ...(prompts && { prompt: index }) },
    );
  });
}
