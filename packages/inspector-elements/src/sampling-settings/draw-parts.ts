import { type CumulativeEntry, displayToken } from '@nexttoken/inspector';
import type { Tokenizer } from '@nexttoken/model';
import { softmax } from '@nexttoken/numeric';

/** Narrower shares are background. */
const narrowest = 0.004;

/** The shares side by side in the order of the ids, as a draw walks through them; the chosen one however narrow. */
export function drawParts(
  scores: Float32Array,
  chosen: number,
  tokenizer: Tokenizer | undefined,
): { readonly token: string; readonly parts: readonly CumulativeEntry[] } {
  const shares = softmax(scores);
  const parts: CumulativeEntry[] = [];
  let low = 0;
  for (let id = 0; id < shares.length; id++) {
    const share = shares[id]!;
    if (share >= narrowest || id === chosen)
      parts.push({ id, token: displayToken(tokenizer, id), share, low, high: low + share });
    low += share;
  }
  return { token: displayToken(tokenizer, chosen), parts };
}
