import { unitsAt } from '../text/aligned-text';
import { longestMatch } from './longest-match';
import { spaceMark } from './normalizer';
import type { PieceTable } from './piece-table';
import type { Segmentation, Segmenter } from './segmentation';

/** Every character, or user-defined symbol, a piece. */
export function createCharSegmenter({ textPieces, unknownId, userDefined }: PieceTable): Segmenter {
  return (text) => {
    const found: Segmentation = { ids: [], ends: [] };
    for (let at = 0, end = 0; at < text.length; at = end) {
      const defined = userDefined === undefined ? 0 : longestMatch(userDefined, text, at);
      end = at + (defined === 0 ? unitsAt(text, at) : defined);
      found.ids.push(textPieces.get(text.slice(at, end)) ?? unknownId);
      found.ends.push(end);
    }
    return found;
  };
}

/** Every word a piece; a space belongs to the word behind it, or to the one before it as a suffix. */
export function createWordSegmenter({ textPieces, unknownId, model }: PieceTable): Segmenter {
  const { whitespaceAsSuffix, whitespaceOnlyPieces } = model.trainer;
  const mark = spaceMark;
  let pattern = new RegExp(`${mark}?[^${mark}]+|${mark}`, 'gu');
  if (whitespaceAsSuffix) pattern = new RegExp(`[^${mark}]*${mark}|[^${mark}]+`, 'gu');
  if (whitespaceOnlyPieces) {
    pattern = new RegExp(
      whitespaceAsSuffix ? `[^${mark}]*${mark}+|[^${mark}]+` : `${mark}*[^${mark}]+|${mark}+`,
      'gu',
    );
  }
  return (text) => {
    const found: Segmentation = { ids: [], ends: [] };
    for (const { 0: word, index } of text.matchAll(pattern)) {
      found.ids.push(textPieces.get(word) ?? unknownId);
      found.ends.push(index + word.length);
    }
    return found;
  };
}
