import { utf8Length } from '../bytes/utf8';
import { pushInt } from '../text/int-buffer';
import { encodeFailed } from './encode-failed';
import type { WordModel } from './word-model';

export interface WordPieceParts {
  readonly idOf: ReadonlyMap<string, number>;
  /** `undefined`: a word without pieces is an error. */
  readonly unknown: number | undefined;
  /** What a piece within a word begins with in the vocabulary. */
  readonly prefix: string;
  /** Longer words are unknown, in code points. */
  readonly maxCharacters: number;
}

/**
 * WordPiece: the longest piece from the left, again and again; a word that has a place without one is unknown.
 * Source: Schuster and Nakajima 2012, as in BERT. Cost O(n²) in a word's length, which is limited.
 */
export function wordPieceModel({ idOf, unknown, prefix, maxCharacters }: WordPieceParts): WordModel {
  let longest = 0;
  for (const token of idOf.keys()) longest = Math.max(longest, token.length);
  const pieceEnd = (word: string, start: number): number => {
    const before = start > 0 ? prefix : '';
    for (let end = Math.min(word.length, start + longest); end > start; end--) {
      if (idOf.has(before + word.slice(start, end))) return end;
    }
    return -1;
  };
  /** Ends of the pieces; nothing for an unknown word. */
  const cut = (word: string): number[] => {
    const ends: number[] = [];
    if (hasMoreThan(word, maxCharacters)) return ends;
    for (let start = 0; start < word.length; ) {
      const end = pieceEnd(word, start);
      if (end === -1) return [];
      ends.push(end);
      start = end;
    }
    return ends;
  };
  return {
    type: 'WordPiece',
    encode(text, start, end, ids, lengths) {
      const word = text.slice(start, end);
      const ends = cut(word);
      if (ends.length === 0) {
        if (unknown === undefined) throw encodeFailed(word, 'WordPiece');
        pushInt(ids, unknown);
        if (lengths) pushInt(lengths, utf8Length(word));
        return;
      }
      let from = 0;
      for (const to of ends) {
        const piece = word.slice(from, to);
        pushInt(ids, idOf.get(from > 0 ? prefix + piece : piece)!);
        if (lengths) pushInt(lengths, utf8Length(piece));
        from = to;
      }
    },
    explain: () => ({}),
  };
}

function hasMoreThan(word: string, characters: number): boolean {
  if (word.length <= characters) return false;
  if (word.length > 2 * characters) return true;
  return Array.from(word).length > characters;
}
