import { displayToken } from '@nexttoken/inspector';
import { entropy, logSumExp } from '@nexttoken/numeric';
import type { OpenModel } from './open-model';
import type { TextPosition, TokenFacts } from './protocol';

/** What is to be kept of a token that is taken from a row. */
export function tokenFacts(
  { loaded, pieces, rows }: Pick<OpenModel, 'loaded' | 'pieces' | 'rows'>,
  row: Float32Array,
  { ids, promptLength }: Omit<TextPosition, 'model'>,
  { id, ...known }: Pick<TokenFacts, 'id' | 'by' | 'share' | 'draw'> & { readonly scores?: unknown },
): TokenFacts {
  const logTotal = logSumExp(row);
  const logit = row[id]!;
  let rank = 1;
  let highest = logit;
  for (let other = 0; other < row.length; other++) {
    const value = row[other]!;
    if (value > logit || (value === logit && other < id)) rank++;
    if (value > highest) highest = value;
  }
  const { share, draw, by } = known;
  return {
    id,
    token: displayToken(loaded.tokenizer, id),
    piece: pieces.of([...ids, id], promptLength).at(-1) ?? '',
    special: loaded.tokenizer.isSpecial(id),
    logit,
    probability: Math.exp(logit - logTotal),
    leading: Math.exp(highest - logTotal),
    rank,
    entropy: entropy(row) / Math.LN2,
    share,
    draw,
    milliseconds: rows.millisecondsOf(row),
    by,
  };
}
