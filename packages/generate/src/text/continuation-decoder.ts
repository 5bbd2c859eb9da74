import type { DecodeOptions, StreamDecoder, Tokenizer } from '@nexttoken/model';

/**
 * A stream decoder that stands behind a prompt: it yields the text that new ids *add*. Many tokenizers
 * spell a token differently at the beginning of a text (they drop its leading space), and a prompt may
 * end within a character, so that new ids cannot be decoded alone.
 *
 * Effect: `decode([...promptIds, ...ids])` without what it has in common with `decode(promptIds)`.
 * Cost: one decoder step per prompt token, once.
 */
export function createContinuationDecoder(
  tokenizer: Tokenizer,
  promptIds: ArrayLike<number>,
  options: DecodeOptions,
): StreamDecoder {
  const decoder = tokenizer.createStreamDecoder(options);
  let emitted = 0;
  for (let index = 0; index < promptIds.length; index++) emitted += decoder.push(promptIds[index]!).length;
  /** The end of the prompt's own text that the decoder still holds back. */
  let pending = tokenizer.decode(promptIds, options).slice(emitted);

  function withoutPrompt(text: string): string {
    let shared = 0;
    while (shared < text.length && shared < pending.length && text[shared] === pending[shared]) shared++;
    pending = shared === text.length ? pending.slice(shared) : '';
    return text.slice(shared);
  }

  return {
    push: (id) => withoutPrompt(decoder.push(id)),
    flush: () => withoutPrompt(decoder.flush()),
  };
}
