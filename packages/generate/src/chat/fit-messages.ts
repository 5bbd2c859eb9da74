import { type ChatMessage, NextTokenError } from '@nexttoken/model';

/** Messages as the model is to read them. */
export interface FittedMessages {
  readonly ids: Int32Array;
  readonly left: readonly ChatMessage[];
}

/**
 * Leaves out the oldest messages until the rest fits: whole turns, each beginning with a message of the user; those
 * of the system before the first turn stay, and so does the last turn.
 * @param limit the most tokens
 * @param encode messages → rendered ids
 * @throws NextTokenError `context-overflow` when the last turn alone does not fit; details: length, contextLength
 */
export function fitMessages(
  messages: readonly ChatMessage[],
  limit: number,
  encode: (messages: readonly ChatMessage[]) => Int32Array,
): FittedMessages {
  const firstTurn = messages.findIndex(({ role }) => role !== 'system' && role !== 'developer');
  const head = messages.slice(0, firstTurn < 0 ? messages.length : firstTurn);
  const starts = [...messages.keys()].filter(
    (index) => index === head.length || (index > head.length && messages[index]!.role === 'user'),
  );
  let length = 0;
  for (const start of starts) {
    const ids = encode([...head, ...messages.slice(start)]);
    if (ids.length <= limit) return { ids, left: messages.slice(head.length, start) };
    length = ids.length;
  }
  throw new NextTokenError('context-overflow', `chat: the last message needs ${length} of ${limit} tokens`, {
    length,
    contextLength: limit,
  });
}
