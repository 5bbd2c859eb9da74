import type { TextScore } from '@nexttoken/generate';
import type { Tokenizer } from '@nexttoken/model';
import type { PositionTable } from '../position/position-table';
import { displayToken } from '../token/display-token';
import { tokenText } from '../token/token-text';
import type { LossRow, LossTable } from './loss-data';

function rowOf(
  id: number,
  position: number,
  tokenizer: Tokenizer | undefined,
): Pick<LossRow, 'position' | 'id' | 'token' | 'text' | 'bytes'> {
  return {
    position,
    id,
    token: displayToken(tokenizer, id),
    text: tokenText(tokenizer, id),
    bytes: tokenizer && !tokenizer.isSpecial(id) ? (tokenizer.bytesOf(id)?.length ?? 0) : 0,
  };
}

function rowsOf(source: TextScore | PositionTable, tokenizer: Tokenizer | undefined): LossRow[] {
  if ('losses' in source) {
    return Array.from(source.ids, (id, position) => {
      const loss = source.losses[position]!;
      const row = rowOf(id, position, tokenizer);
      return Number.isNaN(loss) ? row : { ...row, loss, surprisal: loss / Math.LN2 };
    });
  }
  return source.rows.map(({ id, prediction }, position) => {
    const row = rowOf(id, position, tokenizer);
    if (!prediction) return row;
    const { surprisal, rank, entropy } = prediction;
    return { ...row, loss: surprisal * Math.LN2, surprisal, rank, entropy };
  });
}

/**
 * A scored text token by token: loss in nats and bits; with the rows at hand also rank and entropy. For the whole
 * `meanLoss = Σ -ln p / scored`, `perplexity = exp(meanLoss)`, `bitsPerByte = Σ bits / Σ bytes of the scored tokens`.
 *
 * @param source `scoreText` of `@nexttoken/generate` (any length, a sliding window), or a {@link positionTable}
 */
export function lossTable(source: TextScore | PositionTable, tokenizer?: Tokenizer): LossTable {
  const rows = rowsOf(source, tokenizer);
  let loss = 0;
  let bytes = 0;
  let scored = 0;
  for (const row of rows) {
    if (row.loss === undefined) continue;
    scored++;
    loss += row.loss;
    bytes += row.bytes;
  }
  const meanLoss = scored === 0 ? 0 : loss / scored;
  return {
    rows,
    scored,
    meanLoss,
    perplexity: Math.exp(meanLoss),
    bitsPerByte: bytes === 0 ? undefined : loss / Math.LN2 / bytes,
  };
}
