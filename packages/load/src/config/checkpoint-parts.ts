import type { Checkpoint } from '@nexttoken/checkpoint';
import type { GenerationConfig } from '@nexttoken/model';
import { checkTokenizer } from './check-tokenizer';
import type { ModelTexts } from './model-texts';
import { openTokenizer, type TokenizerParts } from './open-tokenizer';
import { readGenerationConfig } from './read-generation-config';

/** What belongs to a checkpoint's weights, checked against them. For GGUF its key-values fill the gaps. */
export function checkpointParts(
  checkpoint: Checkpoint,
  texts: ModelTexts,
  folder: string,
): TokenizerParts & { readonly generationConfig: GenerationConfig } {
  const { vocabSize } = checkpoint.architecture;
  const gguf =
    checkpoint.format === 'gguf' ? { path: checkpoint.name, value: checkpoint.metadata } : undefined;
  const { tokenizer, chatTemplate } = openTokenizer(texts, folder, gguf);
  checkTokenizer(tokenizer, vocabSize, texts.tokenizer?.path ?? checkpoint.name);
  return {
    tokenizer,
    chatTemplate,
    generationConfig: readGenerationConfig({ ...texts, gguf }, tokenizer, vocabSize),
  };
}
