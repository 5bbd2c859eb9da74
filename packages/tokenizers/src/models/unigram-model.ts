import { utf8Length } from '../bytes/utf8';
import { unitsAt } from '../text/aligned-text';
import { type IntBuffer, pushInt } from '../text/int-buffer';
import { byteIds } from './byte-ids';
import { encodeFailed } from './encode-failed';
import { createTrie } from './trie';
import type { WordModel } from './word-model';

export interface UnigramParts {
  readonly idOf: ReadonlyMap<string, number>;
  /** Log-probabilities by id. */
  readonly scores: ArrayLike<number>;
  /** `undefined`: a character without a piece is an error. */
  readonly unknown: number | undefined;
  /** Whether what is unknown is spelled in byte tokens, `<0x41>` and so on, where the vocabulary has all of them. */
  readonly byteFallback: boolean;
}

/** How much worse than the worst piece an unknown character is. */
const unknownPenalty = 10;

/**
 * Unigram: the cut of a word with the best sum of scores; neighbours that are unknown become one.
 * Source: Kudo 2018 (arXiv:1804.10959), as Rust `tokenizers` has it. Cost O(length · longest piece).
 */
export function unigramModel(parts: UnigramParts): WordModel {
  const { idOf, scores, unknown } = parts;
  const trie = createTrie(idOf);
  let least = Number.POSITIVE_INFINITY;
  for (let id = 0; id < scores.length; id++) least = Math.min(least, scores[id]!);

  /** The best cut: where pieces end, from the first to the last, each with its id (-1: unknown), and the sum. */
  const cut = (word: string) => {
    const best = new Float64Array(word.length + 1);
    const from = new Int32Array(word.length + 1).fill(-1);
    const idAt = new Int32Array(word.length + 1);
    const offer = (start: number, end: number, score: number, id: number) => {
      const sum = best[start]! + score;
      if (from[end] !== -1 && sum <= best[end]!) return;
      best[end] = sum;
      from[end] = start;
      idAt[end] = id;
    };
    for (let start = 0; start < word.length; ) {
      const next = start + unitsAt(word, start);
      let single = false;
      trie.walk(word, start, (end, id) => {
        offer(start, end, scores[id]!, id);
        if (end === next) single = true;
      });
      if (!single) {
        if (unknown === undefined) throw encodeFailed(word.slice(start, next), 'Unigram');
        offer(start, next, least - unknownPenalty, unknown);
      }
      start = next;
    }
    const pieces: { start: number; end: number; unknown: boolean }[] = [];
    for (let end = word.length; end > 0; end = from[end]!) {
      const piece = { start: from[end]!, end, unknown: idAt[end] === unknown };
      const behind = pieces[pieces.length - 1];
      if (piece.unknown && behind?.unknown) behind.start = piece.start;
      else pieces.push(piece);
    }
    return { pieces: pieces.reverse(), score: best[word.length]! };
  };
  const write = (piece: string, ids: IntBuffer, lengths: IntBuffer | undefined) => {
    const bytes = utf8Length(piece);
    const id = idOf.get(piece);
    const spelled = id === undefined && parts.byteFallback ? byteIds(piece, idOf) : undefined;
    if (spelled === undefined) {
      if (id === undefined && unknown === undefined) throw encodeFailed(piece, 'Unigram');
      pushInt(ids, id ?? unknown!);
      if (lengths) pushInt(lengths, bytes);
      return;
    }
    spelled.forEach((byteId, index) => {
      pushInt(ids, byteId);
      if (lengths) pushInt(lengths, index === spelled.length - 1 ? bytes : 0);
    });
  };
  return {
    type: 'Unigram',
    encode(text, start, end, ids, lengths) {
      const word = text.slice(start, end);
      for (const piece of cut(word).pieces) write(word.slice(piece.start, piece.end), ids, lengths);
    },
    explain: (word) => ({ score: cut(word).score }),
  };
}
