import { utf8Length } from '../bytes/utf8';
import { createTrie } from '../models/trie';
import { unitsAt } from '../text/aligned-text';
import type { PieceTable } from './piece-table';
import type { Segmenter } from './segmentation';
import { pieceType } from './sentencepiece-model';

const unknownPenalty = 10;
/** The smallest normal float32, from which SentencePiece looks for the highest score. */
const leastScore = 2 ** -126;

/**
 * The cut with the highest sum of log-probabilities: `argmax Σ score(piece)`, found position by position (Viterbi);
 * a character that is no piece costs 10 more than the rarest one. Sums are float32, as in SentencePiece, so that
 * ties fall as there.
 * Source: Kudo 2018 (arXiv:1804.10959). Cost: O(length × longest piece); 12 bytes a unit.
 */
export function createUnigramSegmenter(table: PieceTable): Segmenter {
  const { textPieces, unknownId } = table;
  const trie = createTrie(textPieces);
  let least = Number.POSITIVE_INFINITY;
  let highest = leastScore;
  for (const id of textPieces.values()) {
    if (table.type(id) !== pieceType.normal) continue;
    least = Math.min(least, table.score(id));
    highest = Math.max(highest, table.score(id));
  }
  if (!Number.isFinite(least)) least = 3.4028234663852886e38;
  const unknownScore = Math.fround(least - unknownPenalty);
  const scores = new Map<number, number>();
  for (const [piece, id] of textPieces) {
    const type = table.type(id);
    if (type === pieceType.unused) continue;
    const bonus = Math.fround(Math.fround(utf8Length(piece) * highest) - Math.fround(0.1));
    scores.set(id, type === pieceType.userDefined ? bonus : table.score(id));
  }

  return (text) => {
    const best = new Float32Array(text.length + 1);
    const from = new Int32Array(text.length + 1).fill(-1);
    const idAt = new Int32Array(text.length + 1);
    const offer = (start: number, end: number, id: number, score: number) => {
      if (from[end] !== -1 && !(score > best[end]!)) return;
      best[end] = score;
      from[end] = start;
      idAt[end] = id;
    };
    let start = 0;
    let single = 0;
    let isKnown = false;
    const visit = (end: number, id: number) => {
      const score = scores.get(id);
      if (score === undefined) return;
      offer(start, end, id, Math.fround(score + best[start]!));
      if (end === single) isKnown = true;
    };
    for (; start < text.length; start = single) {
      single = start + unitsAt(text, start);
      isKnown = false;
      trie.walk(text, start, visit);
      if (!isKnown) offer(start, single, unknownId, Math.fround(unknownScore + best[start]!));
    }
    const ids: number[] = [];
    const ends: number[] = [];
    for (let end = text.length; end > 0; end = from[end]!) {
      ids.push(idAt[end]!);
      ends.push(end);
    }
    return { ids: ids.reverse(), ends: ends.reverse() };
  };
}
