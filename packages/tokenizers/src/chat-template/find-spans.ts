import type { ChatMessage, ChatSpan } from '@nexttoken/model';
import { chatTemplateError } from './chat-template-error';
import { mapContent } from './map-content';

/** Noncharacters: no text for people has them. */
const [open, close] = ['\uFDD0', '\uFDD1'];
const marks = /\uFDD0(\/?)(\d+)\uFDD1/g;

/**
 * Finds the messages' contents in a rendered chat by rendering it with every content marked at its ends: around its
 * white space, or, where the template takes that away, within it.
 *
 * @param render renders the marked messages as the text was rendered
 * @throws NextTokenError `chat-template` when the marked chat is another one, or a content has a mark in it
 */
export function findSpans(
  text: string,
  messages: readonly ChatMessage[],
  render: (messages: readonly ChatMessage[]) => string,
): ChatSpan[] {
  if (text.includes(open)) throw chatTemplateError('renderWithSpans: the text holds the noncharacter U+FDD0');
  for (const within of [false, true]) {
    const contents: string[] = [];
    const owners: number[] = [];
    const marked = messages.map((message, index) =>
      mapContent(message, (content) => {
        if (content.trim() === '') return content;
        const [, before, core, behind] = /^(\s*)(.*?)(\s*)$/s.exec(content)!;
        const id = contents.push(within ? core! : content) - 1;
        owners.push(index);
        const [first, last] = [`${open}${id}${close}`, `${open}/${id}${close}`];
        return within ? before + first + core + last + behind : first + content + last;
      }),
    );
    const found = readMarks(render(marked), contents);
    if (found.text === text) {
      return fillGaps(
        text.length,
        found.spans.map(({ id, start, end }) => ({ start, end, source: 'message', message: owners[id]! })),
      );
    }
  }
  throw chatTemplateError('renderWithSpans: the template writes something else when contents are marked');
}

interface MarkedSpan {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** The text without marks, and what stands between them; where one of two was cut off, as much as fits the content. */
function readMarks(marked: string, contents: readonly string[]): { text: string; spans: MarkedSpan[] } {
  const spans: MarkedSpan[] = [];
  let text = '';
  let from = 0;
  let begun: { id: number; at: number } | undefined;
  const opened: { id: number; at: number }[] = [];
  for (const match of marked.matchAll(marks)) {
    text += marked.slice(from, match.index);
    from = match.index + match[0].length;
    const id = Number(match[2]);
    if (match[1] === '') {
      if (begun !== undefined) opened.push(begun);
      begun = { id, at: text.length };
    } else if (begun?.id === id) {
      spans.push({ id, start: begun.at, end: text.length });
      begun = undefined;
    } else spans.push({ id, start: text.length - sharedEnd(text, contents[id]!), end: text.length });
  }
  text += marked.slice(from);
  if (begun !== undefined) opened.push(begun);
  for (const { id, at } of opened)
    spans.push({ id, start: at, end: at + sharedStart(text, at, contents[id]!) });
  return { text, spans };
}

function sharedEnd(text: string, content: string): number {
  let length = 0;
  while (
    length < content.length &&
    length < text.length &&
    text.at(-1 - length) === content.at(-1 - length)
  ) {
    length += 1;
  }
  return length;
}

function sharedStart(text: string, at: number, content: string): number {
  let length = 0;
  while (length < content.length && text[at + length] === content[length]) length += 1;
  return length;
}

/** Spans in order; what they leave is the template's, and where two overlap the later one gives way. */
function fillGaps(length: number, messages: readonly ChatSpan[]): ChatSpan[] {
  const spans: ChatSpan[] = [];
  let reached = 0;
  for (const span of [...messages].sort((a, b) => a.start - b.start)) {
    const start = Math.max(span.start, reached);
    if (span.end <= start) continue;
    if (start > reached) spans.push({ start: reached, end: start, source: 'template' });
    spans.push({ ...span, start });
    reached = span.end;
  }
  if (reached < length) spans.push({ start: reached, end: length, source: 'template' });
  return spans;
}
