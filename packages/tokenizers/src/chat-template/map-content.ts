import type { ChatMessage } from '@nexttoken/model';

/** The message with its text changed: the content, or the text of each of its blocks. Anything else stays. */
export function mapContent(message: ChatMessage, change: (text: string) => string): ChatMessage {
  const content: unknown = message.content;
  if (typeof content === 'string') return { ...message, content: change(content) };
  if (!Array.isArray(content)) return message;
  const blocks = content.map((block: { text?: unknown } | null) =>
    typeof block?.text === 'string' ? { ...block, text: change(block.text) } : block,
  );
  return { ...message, content: blocks as unknown as string };
}
