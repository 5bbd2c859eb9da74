import type { CacheRun, Wanted } from '../cache/cache-rows';

export interface PlannedRun extends CacheRun {
  /** Positions that this run adds, over its rows. */
  readonly positions: number;
  /** Per row of the run: how many of its new positions came before. */
  readonly offset: number;
}

/**
 * Cuts new tokens into runs: at most `chunkLength` positions each, so that aborting never waits long.
 * Neighbouring rows whose pieces are equally long and want the same logits run together; nothing is padded.
 */
export function forwardPlan(
  rows: readonly Int32Array[],
  request: Wanted,
  chunkLength: number,
  captures: Pick<CacheRun, 'hiddenStates' | 'attention' | 'top' | 'topOnly'> = {
    hiddenStates: false,
    attention: false,
    top: 0,
    topOnly: false,
  },
): PlannedRun[] {
  const runs: PlannedRun[] = [];
  const longest = Math.max(0, ...rows.map((row) => row.length));
  for (let offset = 0; offset < longest; offset += chunkLength) {
    let open: { firstRow: number; tokens: Int32Array[]; wanted: Wanted; length: number } | undefined;
    const close = () => {
      if (open) {
        const more = longest - offset - open.length;
        runs.push({ ...open, ...captures, more, offset, positions: open.length * open.tokens.length });
      }
      open = undefined;
    };
    rows.forEach((row, index) => {
      const tokens = row.subarray(offset, offset + chunkLength);
      const final = offset + chunkLength >= row.length;
      const wanted = request === 'last' && !final ? 'none' : request;
      const fits =
        open &&
        open.length === tokens.length &&
        open.wanted === wanted &&
        (open.tokens.length + 1) * open.length <= chunkLength;
      if (!fits) close();
      if (tokens.length === 0) return;
      if (open) open.tokens.push(tokens);
      else open = { firstRow: index, tokens: [tokens], wanted, length: tokens.length };
    });
    close();
  }
  return runs;
}
