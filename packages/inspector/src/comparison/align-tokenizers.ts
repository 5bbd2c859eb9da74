import { checkOptionNames, invalidParameter, type Tokenizer } from '@nexttoken/model';
import { displayToken } from '../token/display-token';
import { alignPieces } from './align-pieces';
import { byteBorders } from './byte-borders';

/** One token of one tokenizer. */
export interface AlignedToken {
  readonly id: number;
  readonly token: string;
}

/** A stretch of text between two borders that all tokenizers have. */
export interface AlignedSegment {
  /** Half-open range of bytes of the text in UTF-8. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Of each tokenizer its tokens. */
  readonly tokens: readonly (readonly AlignedToken[])[];
}

/** One text as several tokenizers cut it. */
export interface AlignedTokenizations {
  readonly bytes: number;
  /** Tokens of each, special ones included. */
  readonly counts: readonly number[];
  readonly segments: readonly AlignedSegment[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Cuts a text with several tokenizers and aligns them by bytes: the shortest stretches that begin and end at a token
 * border of all of them, never within a character.
 *
 * @param options `addSpecialTokens`: whether theirs are in it; default false
 * @throws NextTokenError `invalid-parameter` without a tokenizer, `tokenizer-mismatch` where the tokens of one can not be
 *   placed in the text; what encoding throws
 */
export function alignTokenizers(
  text: string,
  tokenizers: readonly Tokenizer[],
  options: { readonly addSpecialTokens?: boolean | undefined } = {},
): AlignedTokenizations {
  checkOptionNames('alignTokenizers', options, ['addSpecialTokens']);
  const { addSpecialTokens = false } = options;
  if (tokenizers.length === 0) {
    throw invalidParameter('alignTokenizers', 'tokenizers', 'none', 'at least one tokenizer');
  }
  const bytes = encoder.encode(text);
  const encodings = tokenizers.map((tokenizer) => tokenizer.encode(text, { addSpecialTokens }));
  const borders = encodings.map((encoding, side) => byteBorders(tokenizers[side]!, encoding, text));
  const isBorder = (place: number): boolean => (bytes[place]! & 0xc0) !== 0x80;
  const segments = alignPieces(borders, bytes.length, isBorder).map(
    ({ start, end, tokens }): AlignedSegment => ({
      start,
      end,
      text: decoder.decode(bytes.subarray(start, end)),
      tokens: tokens.map(([from, to], side) =>
        Array.from(encodings[side]!.ids.subarray(from, to), (id) => ({
          id,
          token: displayToken(tokenizers[side], id),
        })),
      ),
    }),
  );
  return { bytes: bytes.length, counts: encodings.map(({ ids }) => ids.length), segments };
}
