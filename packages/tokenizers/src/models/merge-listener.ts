import type { TraceMerge } from '@nexttoken/model';
import type { OnMerge } from '../bpe/merger';

/** Notes merges as they happen; the halves are spelled as they stand at that moment. */
export function createMergeListener(
  symbols: readonly string[],
  merges: TraceMerge[],
  joinedPrefix = '',
): OnMerge {
  const now = symbols.slice();
  const reach = Int32Array.from(symbols, (_, index) => index + 1);
  return (rank: number, index: number) => {
    const right = reach[index]!;
    const left = now[index]!;
    const following = now[right]!;
    const rest = following.startsWith(joinedPrefix) ? following.slice(joinedPrefix.length) : following;
    merges.push({ left, right: following, merged: left + rest, rank, index });
    now[index] = left + rest;
    reach[index] = reach[right]!;
  };
}
