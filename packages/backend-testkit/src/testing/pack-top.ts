import type { TopLogits } from '@nexttoken/model';

/** The `count` largest logits of a text's last position; `null` where it has none. */
export function packTop(positions: readonly Float32Array[], count: number): TopLogits | null {
  const row = positions.at(-1);
  if (!row) return null;
  const ids = [...row.keys()].sort((a, b) => row[b]! - row[a]!).slice(0, count);
  const most = row[ids[0]!]!;
  const sum = row.reduce((total, value) => total + Math.exp(value - most), 0);
  return {
    ids: Int32Array.from(ids),
    values: Float32Array.from(ids, (id) => row[id]!),
    logSumExp: most + Math.log(sum),
  };
}
