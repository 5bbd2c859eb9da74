import { unitsAt } from '../text/aligned-text';
import { createCountTree } from './count-tree';
import { longestMatch } from './longest-match';
import { createMinHeap } from './min-heap';
import type { PieceTable } from './piece-table';
import type { Segmentation, Segmenter } from './segmentation';
import { pieceType } from './sentencepiece-model';

const positionBits = 2 ** 31;

/**
 * SentencePiece's BPE: of all neighbours that together are a piece the one with the highest score merges, the leftmost
 * on a tie, until none is left. Characters that are no piece are unknown; user-defined symbols stay as they are;
 * pieces marked as unused are taken apart again.
 * Cost: O(n log n) in the length of the text.
 */
export function createBytePairSegmenter(table: PieceTable): Segmenter {
  const { textPieces, unknownId, userDefined } = table;
  const levels = [...new Set([...textPieces.values()].map(table.score))].sort((a, b) => b - a);
  const levelOf = new Map(levels.map((score, level) => [score, level]));
  const levelOfId = (id: number) => levelOf.get(table.score(id))!;
  let longest = 0;
  for (const piece of textPieces.keys()) longest = Math.max(longest, piece.length);

  return (text, onMerge) => {
    const ends = new Int32Array(text.length);
    const previous = new Int32Array(text.length).fill(-1);
    const isFrozen = new Uint8Array(userDefined === undefined ? 0 : text.length);
    /** The piece that the symbol at a position makes with its right neighbour; -1 for none. */
    const pairId = new Int32Array(text.length).fill(-1);
    const halves = new Map<string, readonly [string, string]>();
    const heap = createMinHeap();
    /** Where symbols begin, to number them for who asks. */
    const symbols = onMerge === undefined ? undefined : createCountTree(text.length);
    const offer = (left: number, right: number) => {
      pairId[left] = -1;
      if (isFrozen[left] || isFrozen[right] || ends[right]! - left > longest) return;
      const piece = text.slice(left, ends[right]!);
      const id = textPieces.get(piece);
      if (id === undefined) return;
      if (table.type(id) === pieceType.unused) {
        halves.set(piece, [text.slice(left, right), text.slice(right, ends[right]!)]);
      }
      pairId[left] = id;
      heap.push(levelOfId(id) * positionBits + left);
    };

    for (let at = 0, before = -1; at < text.length; before = at, at = ends[at]!) {
      const defined = userDefined === undefined ? 0 : longestMatch(userDefined, text, at);
      if (defined > 0) isFrozen[at] = 1;
      ends[at] = at + (defined === 0 ? unitsAt(text, at) : defined);
      previous[at] = before;
      symbols?.add(at, 1);
      if (before !== -1) offer(before, at);
    }
    for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
      const level = Math.floor(key / positionBits);
      const left = key - level * positionBits;
      const id = pairId[left]!;
      // Stale when one of the halves has merged since.
      if (id === -1 || levelOfId(id) !== level) continue;
      const right = ends[left]!;
      if (symbols !== undefined) {
        const halves = { left: text.slice(left, right), right: text.slice(right, ends[right]!) };
        const merged = text.slice(left, ends[right]!);
        onMerge?.({ ...halves, merged, rank: level, index: symbols.before(left) });
        symbols.add(right, -1);
      }
      pairId[right] = -1;
      pairId[left] = -1;
      ends[left] = ends[right]!;
      const after = ends[left]!;
      if (after < text.length) {
        previous[after] = left;
        offer(left, after);
      }
      if (previous[left] !== -1) offer(previous[left]!, left);
    }
    return collect(text, ends, halves);
  };

  function collect(
    text: string,
    ends: Int32Array,
    halves: ReadonlyMap<string, readonly [string, string]>,
  ): Segmentation {
    const found: Segmentation = { ids: [], ends: [] };
    for (let at = 0; at < text.length; at = ends[at]!) {
      const open = [text.slice(at, ends[at]!)];
      let end = at;
      for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
        const id = textPieces.get(piece);
        const parts = id !== undefined && table.type(id) === pieceType.unused ? halves.get(piece) : undefined;
        if (parts !== undefined) {
          open.push(parts[1], parts[0]);
          continue;
        }
        end += piece.length;
        found.ids.push(id ?? unknownId);
        found.ends.push(end);
      }
    }
    return found;
  }
}
