import {
  checkOptionNames,
  type EncodeOptions,
  invalidParameter,
  type PaddingSettings,
  type Tokenizer,
  type TruncationSettings,
} from '@nexttoken/model';
import { checkPadding } from './check-padding';
import { truncateIds } from './truncate-ids';

export interface EncodeBatchOptions extends EncodeOptions {
  /** How long texts are cut; without it none is. Ids are cut from the side named, special ones around a text are kept. */
  readonly truncation?: TruncationSettings | undefined;
  /** How short texts are filled up; without it rows keep their lengths. */
  readonly padding?: (Pick<PaddingSettings, 'side' | 'id'> & Partial<PaddingSettings>) | undefined;
}

/** Texts as rows of ids. */
export interface EncodedBatch {
  /** One row a text; all of one length where padding was asked for. */
  readonly ids: readonly Int32Array[];
  /** 1 for every token, 0 for padding; shaped as `ids`. */
  readonly attentionMask: readonly Uint8Array[];
  /** How many tokens of each text were cut off. */
  readonly truncated: readonly number[];
}

/**
 * Encodes several texts: cut, then padded, as asked and not otherwise. What a tokenizer's own files say is in its
 * `truncation` and `padding`; hand them over to have it applied.
 *
 * A text longer than `truncation.maxLength` loses tokens of its own on `truncation.side`; the special tokens that
 * the tokenizer puts around a text stay.
 *
 * @throws NextTokenError `invalid-parameter` for a `maxLength` that leaves no room for the special tokens, a length
 *   below the longest text, or an unknown padding id; `unsupported-option` for other options; and as `encode`
 * Cost: that of encoding.
 */
export function encodeBatch(
  tokenizer: Tokenizer,
  texts: readonly string[],
  options: EncodeBatchOptions = {},
): EncodedBatch {
  checkOptionNames('encodeBatch', options, ['addSpecialTokens', 'illFormed', 'truncation', 'padding']);
  const { truncation, padding, ...encodeOptions } = options;
  const cut = texts.map((text) => {
    const { ids } = tokenizer.encode(text, encodeOptions);
    return truncation === undefined
      ? { ids, removed: 0 }
      : truncateIds(tokenizer, ids, encodeOptions, truncation);
  });
  const truncated = cut.map(({ removed }) => removed);
  if (padding === undefined) {
    const attentionMask = cut.map(({ ids }) => new Uint8Array(ids.length).fill(1));
    return { ids: cut.map(({ ids }) => ids), attentionMask, truncated };
  }
  const { side, id, length, multipleOf } = checkPadding(tokenizer, padding);
  const longest = cut.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  const wanted = length === 'longest' ? longest : length;
  if (wanted < longest) {
    throw invalidParameter(
      'encodeBatch',
      'padding.length',
      wanted,
      `at least ${longest}, the longest text's length`,
    );
  }
  const width = Math.ceil(wanted / multipleOf) * multipleOf;
  const rows = cut.map(({ ids }) => {
    const start = side === 'left' ? width - ids.length : 0;
    const row = new Int32Array(width).fill(id);
    row.set(ids, start);
    const mask = new Uint8Array(width).fill(1, start, start + ids.length);
    return { row, mask };
  });
  return { ids: rows.map(({ row }) => row), attentionMask: rows.map(({ mask }) => mask), truncated };
}
