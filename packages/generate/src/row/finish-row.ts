import type { FinishEvent, FinishReason, TextEvent } from '@nexttoken/model';
import type { Row } from './row';

/**
 * Ends a row: the text that was still held back, then the finish event. When that text turns out to
 * hold a stop string, it is cut there, and the reason says so (unless the run was aborted).
 */
export function* finishRow(
  row: Row,
  reason: FinishReason,
): Generator<TextEvent | FinishEvent, void, undefined> {
  const rest = row.writer.end();
  if (rest !== '') yield { type: 'text', row: row.index, text: rest };
  const { proposed, accepted, forwards } = row;
  yield {
    type: 'finish',
    row: row.index,
    reason: row.writer.stopped && reason !== 'aborted' ? 'stop-string' : reason,
    ids: Int32Array.from(row.ids.slice(row.promptLength)),
    text: row.writer.text,
    ...(row.draft && {
      draft: { proposed, accepted, acceptanceRate: proposed > 0 ? accepted / proposed : 0, forwards },
    }),
  };
}
