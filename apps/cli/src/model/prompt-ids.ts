import type { LoadedModel } from '@nexttoken/load';
import { NextTokenError } from '@nexttoken/model';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import { encodePrompt } from '../prompt/encode-prompt';
import type { Prompt } from '../prompt/read-prompt';

/** The prompt's ids in a loaded model. @throws NextTokenError `empty-prompt`, and what encoding throws */
export function promptIds(loaded: LoadedModel, prompt: Prompt, args: ParsedArguments): Int32Array {
  const { model, tokenizer, chatTemplate } = loaded;
  const { ids } = encodePrompt({ tokenizer, chatTemplate, vocabSize: model.vocabSize }, prompt, args);
  if (ids.length === 0) throw new NextTokenError('empty-prompt', 'the prompt has no token');
  return ids;
}
