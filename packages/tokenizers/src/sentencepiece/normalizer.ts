import { encodeUtf8, utf8Length } from '../bytes/utf8';
import type { Trie } from '../models/trie';
import { unitsAt } from '../text/aligned-text';
import { readCharsmap } from './charsmap';
import { longestMatch } from './longest-match';
import type { SentencePieceModel } from './sentencepiece-model';
import { createUnitBuffer } from './unit-buffer';

export const spaceMark = '\u2581';

/** A text as pieces are looked for in it. */
export interface NormalizedText {
  readonly text: string;
  /** Where each unit of `text` comes from in the original, shape `[text.length + 1]`. */
  readonly origins: Int32Array;
}

/**
 * SentencePiece's normalizer: rules of the character map (the longest match wins; user-defined symbols stay as they
 * are), runs of spaces to one and none at the ends, a space in front (or at the end), spaces as `▁`: each where the
 * file says so.
 * Cost: O(length of the text).
 */
export function createNormalizer(
  { normalizer, trainer }: SentencePieceModel,
  userDefined: Trie | undefined,
): (text: string) => NormalizedText {
  const charsmap = normalizer.charsmap.length === 0 ? undefined : readCharsmap(normalizer.charsmap);
  const space = normalizer.escapeWhitespaces ? spaceMark : ' ';
  const { addDummyPrefix, removeExtraWhitespaces } = normalizer;

  return (text) => {
    const bytes = charsmap === undefined ? undefined : encodeUtf8(text);
    const buffer = createUnitBuffer(text.length + 1);
    let at = 0;
    let byte = 0;
    /** The normalized form of what stands at `at`; moves on behind it. */
    const next = (): string => {
      const start = at;
      const defined = userDefined === undefined ? 0 : longestMatch(userDefined, text, at);
      const matched =
        defined === 0 && bytes !== undefined && charsmap!.mayStart(bytes[byte]!)
          ? charsmap!.match(bytes, byte)
          : 0;
      if (matched > 0) {
        byte += matched;
        for (let passed = 0; passed < matched; ) {
          const length = unitsAt(text, at);
          passed += utf8Length(text.slice(at, at + length));
          at += length;
        }
        return charsmap!.replacement();
      }
      at += defined === 0 ? unitsAt(text, at) : defined;
      const same = text.slice(start, at);
      if (bytes !== undefined) byte += utf8Length(same);
      return same;
    };

    let pending: string | undefined;
    let origin = 0;
    if (removeExtraWhitespaces) {
      while (at < text.length) {
        origin = at;
        const piece = next();
        if (piece === ' ') continue;
        pending = piece;
        break;
      }
      if (pending === undefined) return { text: '', origins: new Int32Array(1) };
    } else if (text === '') return { text: '', origins: new Int32Array(1) };

    if (addDummyPrefix && !trainer.whitespaceAsSuffix) buffer.push(space, origin);
    let afterSpace = removeExtraWhitespaces;
    while (pending !== undefined || at < text.length) {
      if (pending === undefined) origin = at;
      let piece = pending ?? next();
      pending = undefined;
      if (afterSpace) piece = piece.replace(/^ +/, '');
      if (piece !== '') {
        buffer.push(piece.includes(' ') ? piece.split(' ').join(space) : piece, origin);
        afterSpace = removeExtraWhitespaces && piece.endsWith(' ');
      }
    }
    let end = text.length;
    if (removeExtraWhitespaces) {
      while (buffer.length > 0 && buffer.unitAt(buffer.length - 1) === space.charCodeAt(0)) {
        end = buffer.originAt(buffer.length - 1);
        buffer.pop();
      }
    }
    if (addDummyPrefix && trainer.whitespaceAsSuffix) buffer.push(space, end);
    return { text: buffer.text(), origins: buffer.origins(end) };
  };
}
