import { spaceMark } from './normalizer';
import type { PieceTable } from './piece-table';
import type { Segmentation, Segmenter } from './segmentation';
import { pieceType } from './sentencepiece-model';

const capacity = 100_000;
const longestKept = 64;

/**
 * Cuts a text where no piece can reach over (in front of or behind a run of `▁`, as the pieces allow) and remembers
 * what short words became. Merges do not see beyond their word, so the result is the same.
 * Where a piece may span words, or unused pieces are there, the segmenter is returned as it is.
 */
export function wordByWord(table: PieceTable, segment: Segmenter): Segmenter {
  const pieces = [...table.textPieces];
  if (pieces.some(([, id]) => table.type(id) === pieceType.unused)) return segment;
  const none = (pattern: RegExp) => !pieces.some(([piece]) => pattern.test(piece));
  const before = none(new RegExp(`[^${spaceMark}]${spaceMark}`, 'u'));
  const behind = none(new RegExp(`${spaceMark}[^${spaceMark}]`, 'u'));
  if (!before && !behind) return segment;

  const mark = spaceMark.charCodeAt(0);
  const isCut = (text: string, at: number) => {
    const left = text.charCodeAt(at - 1) === mark;
    const right = text.charCodeAt(at) === mark;
    return left !== right && (right ? before : behind);
  };
  let known = new Map<string, Segmentation>();
  const segmentWord = (word: string): Segmentation => {
    if (word.length > longestKept) return segment(word);
    let found = known.get(word);
    if (found === undefined) {
      if (known.size >= capacity) known = new Map();
      found = segment(word);
      known.set(word, found);
    }
    return found;
  };
  return (text, onMerge) => {
    if (onMerge !== undefined) return segment(text, onMerge);
    const all: Segmentation = { ids: [], ends: [] };
    for (let start = 0, at = 1; start < text.length; at++) {
      if (at < text.length && !isCut(text, at)) continue;
      const { ids, ends } = segmentWord(text.slice(start, at));
      for (let i = 0; i < ids.length; i++) {
        all.ids.push(ids[i]!);
        all.ends.push(start + ends[i]!);
      }
      start = at;
    }
    return all;
  };
}
