import { type ChatTemplate, type Encoding, NextTokenError, type Tokenizer } from '@nexttoken/model';
import type { ParsedArguments } from '../arguments/parsed-arguments';
import { tokenName } from '../output/token-name';
import type { Prompt } from './read-prompt';

export interface PromptEncoder {
  readonly tokenizer: Tokenizer;
  readonly chatTemplate: ChatTemplate | undefined;
  /** Ids below it are legal. */
  readonly vocabSize: number;
}

/**
 * The prompt's tokens. Special tokens are added as the tokenizer's post-processor says, unless `--no-special-tokens`
 * is given; a chat template writes its own.
 * @throws NextTokenError `chat-template` when `--chat` meets a model without one; `invalid-token-id`
 */
export function encodePrompt(encoder: PromptEncoder, prompt: Prompt, args: ParsedArguments): Encoding {
  const { tokenizer, chatTemplate, vocabSize } = encoder;
  if ('ids' in prompt) {
    const unknown = prompt.ids.find((id) => id >= vocabSize);
    if (unknown === undefined) {
      return { ids: Int32Array.from(prompt.ids), tokens: prompt.ids.map((id) => tokenName(tokenizer, id)) };
    }
    const message = `--ids: ${unknown} is not in [0, ${vocabSize})`;
    throw new NextTokenError('invalid-token-id', message, { id: unknown, vocabSize });
  }
  if (!args.has('chat'))
    return tokenizer.encode(prompt.text, { addSpecialTokens: !args.has('no-special-tokens') });
  if (!chatTemplate) {
    throw new NextTokenError('chat-template', '--chat: this model has no chat template', {
      reason: 'missing',
    });
  }
  const { ids, tokens } = tokenizer.encode(chatTemplate.render([{ role: 'user', content: prompt.text }]), {
    addSpecialTokens: false,
  });
  return { ids, tokens };
}
