import { type ChatTemplate, NextTokenError, type Tokenizer } from '@nexttoken/model';
import { tokenizerConfigFromGguf, tokenizerFromGguf, tokenizerFromJson } from '@nexttoken/tokenizers';
import type { JsonFile } from './json-file';
import type { ModelTexts } from './model-texts';
import { openChatTemplate } from './open-chat-template';

export interface TokenizerParts {
  readonly tokenizer: Tokenizer;
  readonly chatTemplate: ChatTemplate | undefined;
}

/**
 * The tokenizer and the chat template: from the files beside the weights, else from what a GGUF file carries.
 * @param folder where tokenizer.json was looked for
 * @param gguf the key-values of a GGUF file
 * @throws NextTokenError `file-not-found` without any tokenizer; what `tokenizerFromJson` and `tokenizerFromGguf` throw
 */
export function openTokenizer(texts: ModelTexts, folder: string, gguf?: JsonFile): TokenizerParts {
  if (texts.tokenizer) {
    const tokenizer = tokenizerFromJson(texts.tokenizer.value, texts.tokenizerConfig?.value);
    return {
      tokenizer,
      chatTemplate: openChatTemplate(texts, tokenizer, gguf?.value['tokenizer.chat_template']),
    };
  }
  if (gguf) {
    const tokenizer = tokenizerFromGguf(gguf.value);
    const tokenizerConfig = texts.tokenizerConfig ?? {
      path: gguf.path,
      value: tokenizerConfigFromGguf(gguf.value),
    };
    const embedded = gguf.value['tokenizer.chat_template'];
    return { tokenizer, chatTemplate: openChatTemplate({ ...texts, tokenizerConfig }, tokenizer, embedded) };
  }
  const path = `${folder.replace(/[\\/]$/, '')}/tokenizer.json`;
  throw new NextTokenError('file-not-found', `${path} is missing: without it a text has no tokens`, { path });
}
