import type { ChatMessage } from '@nexttoken/model';
import { chatTemplateError } from './chat-template-error';

/** Stands behind the last message's text while it is rendered; ends in a space to show whether that is kept. */
const mark = 'NEXTTOKEN_FINAL_MESSAGE_ENDS_HERE ';

/** The messages with the mark behind the last one's text (of a list of blocks: its last text block). */
export function markFinalMessage(messages: readonly ChatMessage[]): ChatMessage[] {
  const last = messages[messages.length - 1]!;
  return [...messages.slice(0, -1), { ...last, content: markContent(last.content) as string }];
}

function markContent(content: unknown): unknown {
  if (typeof content === 'string') return content + mark;
  const blocks: unknown[] = Array.isArray(content) ? content.slice() : [];
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i] as { text?: unknown } | null;
    if (typeof block?.text !== 'string') continue;
    blocks[i] = { ...block, text: block.text + mark };
    return blocks;
  }
  throw chatTemplateError('continueFinalMessage: the last message has no text to continue');
}

/** The rendered text up to the mark; where the template trims messages, white space before it goes too. */
export function cutAfterFinalMessage(text: string): string {
  const at = text.lastIndexOf(mark.trimEnd());
  if (at === -1) throw chatTemplateError('continueFinalMessage: the template does not show the last message');
  const before = text.slice(0, at);
  return text.startsWith(mark, at) ? before : before.trimEnd();
}
