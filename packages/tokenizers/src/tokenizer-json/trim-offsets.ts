import { unitsAt } from '../text/aligned-text';
import type { OffsetTrimming } from './post-processor';

/** Characters that count as space in a token as it is spelled. */
const space = /[\u0120\p{White_Space}]/u;

/**
 * Leaves white space at the tokens' ends out of their offsets, in place: as many characters of the text as the token
 * has spaces there. Source: Rust `tokenizers`, the ByteLevel post-processor.
 *
 * @param tokens as the vocabulary spells them; an added token as the text has it
 * @param offsets start and end of each token
 */
export function trimOffsets(
  text: string,
  tokens: readonly string[],
  offsets: Int32Array,
  trimming: OffsetTrimming,
): void {
  tokens.forEach((token, index) => {
    const start = offsets[2 * index]!;
    const end = offsets[2 * index + 1]!;
    let leading = 0;
    while (leading < token.length && space.test(token[leading]!)) leading += 1;
    let trailing = 0;
    while (trailing < token.length && space.test(token[token.length - 1 - trailing]!)) trailing += 1;
    // Several spaces were not put there.
    if (trimming.keepsPrefixSpace && leading === 1 && (index === 0 || start === 0)) leading = 0;
    let from = start;
    for (; leading > 0 && from < end; leading--) from += unitsAt(text, from);
    let to = end;
    for (; trailing > 0 && to > from; trailing--) to -= to > 1 && unitsAt(text, to - 2) === 2 ? 2 : 1;
    offsets[2 * index] = Math.min(from, end);
    offsets[2 * index + 1] = Math.max(to, Math.min(from, end));
  });
}
