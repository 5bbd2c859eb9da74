import { invalidParameter } from '../errors/invalid-parameter';
import { NextTokenError } from '../errors/next-token-error';
import type { StreamCapabilities, StreamPromptKind } from './stream-capabilities';
import type { StreamRequest } from './stream-request';

const kinds: readonly StreamPromptKind[] = ['text', 'ids', 'messages'];

/**
 * Refuses a prompt that is none, is several at once, or has a form that the model does not take.
 * @throws NextTokenError `invalid-parameter`, `empty-prompt`, `unsupported-option` (details: option `prompt`, kind,
 *   known)
 */
export function checkStreamPrompt(
  owner: string,
  { prompts }: StreamCapabilities,
  { prompt, continueFinalMessage }: StreamRequest,
): void {
  const given: Partial<Record<StreamPromptKind, string | ArrayLike<unknown>>> = prompt ?? {};
  const [kind, ...more] = kinds.filter((name) => given[name] !== undefined);
  if (kind === undefined || more.length > 0) {
    throw invalidParameter(owner, 'prompt', JSON.stringify(prompt), 'one of { text }, { ids }, { messages }');
  }
  if (!prompts.includes(kind)) {
    const details = { owner, option: 'prompt', kind, known: prompts };
    throw new NextTokenError(
      'unsupported-option',
      `${owner}: the server takes no ${kind} as prompt`,
      details,
    );
  }
  if (given[kind]?.length === 0) throw new NextTokenError('empty-prompt', `${owner}: the prompt is empty`);
  if (continueFinalMessage && kind !== 'messages') {
    throw invalidParameter(owner, 'continueFinalMessage', true, `false, as the prompt is given as ${kind}`);
  }
}
