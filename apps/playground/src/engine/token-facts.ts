import { displayToken } from '@nexttoken/inspector';
import { entropy, logSoftmax, maximum, softmax } from '@nexttoken/numeric';
import type { OpenModel } from './open-model';
import type { TextPosition, TokenFacts } from './protocol';

/** What is to be kept of a token that is taken from a row. */
export function tokenFacts(
  { loaded, pieces, rows }: Pick<OpenModel, 'loaded' | 'pieces' | 'rows'>,
  row: Float32Array,
  { ids, promptLength }: Omit<TextPosition, 'model'>,
  { id, ...known }: Pick<TokenFacts, 'id' | 'by' | 'share' | 'draw'> & { readonly scores?: unknown },
): TokenFacts {
  const logit = row[id]!;
  let rank = 1;
  for (let other = 0; other < row.length; other++)
    if (row[other]! > logit || (row[other] === logit && other < id)) rank++;
  const probabilities = softmax(row);
  const { share, draw, by } = known;
  return {
    id,
    token: displayToken(loaded.tokenizer, id),
    piece: pieces.of([...ids, id], promptLength).at(-1) ?? '',
    special: loaded.tokenizer.isSpecial(id),
    logit,
    probability: probabilities[id]!,
    surprisal: Math.max(0, -logSoftmax(row)[id]! / Math.LN2),
    leading: maximum(probabilities),
    rank,
    entropy: entropy(row) / Math.LN2,
    share,
    draw,
    milliseconds: rows.millisecondsOf(row),
    by,
  };
}
