import { displayToken } from '@nexttoken/inspector';
import type { ChatTemplate, Tokenizer } from '@nexttoken/model';
import type { RenderedMessage } from './view-protocol';

/** A text as a user's message, as the model's own template hands it over: every token, and who wrote it. */
export function renderChat(
  tokenizer: Tokenizer,
  template: ChatTemplate,
  content: string,
): RenderedMessage | undefined {
  const rendered = template.renderWithSpans?.([{ role: 'user', content }], { addGenerationPrompt: true });
  if (!rendered) return undefined;
  const { ids, offsets } = tokenizer.encode(rendered.text, { addSpecialTokens: false });
  if (!offsets) return undefined;
  const { spans } = rendered;
  return {
    tokens: Array.from(ids, (id, place) => {
      const [start] = offsets[place]!;
      const span = spans.find((each) => start >= each.start && start < each.end);
      return { id, token: displayToken(tokenizer, id), isMessage: span?.source === 'message' };
    }),
  };
}
