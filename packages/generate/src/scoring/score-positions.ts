import type { Session } from '@nexttoken/model';
import { logitsAt, logTotal } from '../row/read-logits';

/** Positions whose logits are held at once: a wide vocabulary makes each of them large. */
const chunk = 32;

/**
 * Natural log-probabilities of ids that follow what the session's rows hold; the last id of each is not
 * forwarded. Rows are scored side by side; an empty one sits out.
 *
 * @param rows of each row the id that is to be forwarded first, then the ids to score
 * @param allPositions whether the model can return the logits of every position; else one is read at a time
 * @returns for each row one value an id but the first
 * @throws NextTokenError `invalid-logits`, and what the backend throws
 */
export async function scorePositions(
  session: Session,
  rows: readonly ArrayLike<number>[],
  allPositions: boolean,
  signal: AbortSignal | undefined,
): Promise<readonly Float64Array[]> {
  const size = allPositions ? chunk : 1;
  const scores = rows.map(({ length }) => new Float64Array(Math.max(0, length - 1)));
  const longest = Math.max(...scores.map(({ length }) => length));
  for (let begin = 0; begin < longest; begin += size) {
    const pieces = rows.map((ids, row) => {
      const end = Math.min(begin + size, scores[row]!.length);
      return Array.from({ length: Math.max(0, end - begin) }, (_, index) => ids[begin + index]!);
    });
    const { logits } = await session.forward(pieces, { logits: allPositions ? 'all' : 'last', signal });
    for (const [row, piece] of pieces.entries()) {
      for (let index = 0; index < piece.length; index++) {
        const raw = logitsAt(logits[row]!, index);
        const position = begin + index;
        scores[row]![position] = raw[rows[row]![position + 1]!]! - logTotal(raw, position, row);
      }
    }
  }
  return scores;
}
