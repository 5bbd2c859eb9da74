import { NextTokenError } from '@nexttoken/model';
import { encodePrompt } from './encode-prompt';
import type { GenerateOptions } from './generate-options';

const owner = 'generate';

/**
 * The ids that guidance steers away from.
 * @param guided whether a processor needs a guidance row
 * @throws NextTokenError `unsupported-option` where nobody would read them, and what `encodePrompt` throws
 */
export function resolveNegative(options: GenerateOptions, guided: boolean): Int32Array | undefined {
  const { negativePrompt, tokenizer, model } = options;
  if (negativePrompt === undefined) return undefined;
  if (!guided) {
    const message = 'generate: negativePrompt needs a processor for guidance';
    throw new NextTokenError('unsupported-option', message, { owner, option: 'negativePrompt' });
  }
  return encodePrompt({
    owner,
    name: 'negativePrompt',
    prompt: negativePrompt,
    tokenizer,
    addSpecialTokens: typeof negativePrompt === 'string' ? options.addSpecialTokens : undefined,
    vocabSize: model.vocabSize,
  });
}
