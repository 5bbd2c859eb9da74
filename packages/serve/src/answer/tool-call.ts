import { randomUUID } from 'node:crypto';
import type { ChoicePart } from '../run/choice-part';

/** A function call as the chat format has it. */
export interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** The call that a text is; `undefined` where it was cut short. */
export function readToolCall(text: string): ToolCall | undefined {
  try {
    const { name, arguments: given } = JSON.parse(text) as { name: string; arguments: unknown };
    return {
      id: `call_${randomUUID()}`,
      type: 'function',
      function: { name, arguments: JSON.stringify(given) },
    };
  } catch {
    return undefined;
  }
}

/** Holds each choice back until its call is complete: half a call is of no use. */
export async function* wholeChoices(
  parts: AsyncIterable<ChoicePart>,
): AsyncGenerator<ChoicePart, void, undefined> {
  const held = new Map<number, ChoicePart>();
  for await (const part of parts) {
    const before = held.get(part.index);
    const joined = before
      ? { ...part, text: before.text + part.text, steps: [...before.steps, ...part.steps] }
      : part;
    held.set(part.index, joined);
    if (part.finish) yield joined;
  }
}
