import { type DecodeOptions, invalidParameter, type Tokenizer } from '@nexttoken/model';

/**
 * Decodes several rows of ids.
 * @param attentionMask leaves out what it marks with 0; without it every id is decoded, padding included
 * @throws NextTokenError `invalid-parameter` for a mask of another shape; and as `decode`
 */
export function decodeBatch(
  tokenizer: Tokenizer,
  rows: readonly ArrayLike<number>[],
  options: DecodeOptions = {},
  attentionMask?: readonly ArrayLike<number>[],
): string[] {
  const fits = attentionMask?.length === rows.length;
  return rows.map((row, index) => {
    if (attentionMask === undefined) return tokenizer.decode(row, options);
    const mask = attentionMask[index];
    if (!fits || mask === undefined || mask.length !== row.length) {
      throw invalidParameter(
        'decodeBatch',
        'attentionMask',
        mask?.length,
        `shaped as the rows (row ${index}: ${row.length})`,
      );
    }
    const attended = Array.from(row).filter((_, at) => mask[at] !== 0);
    return tokenizer.decode(attended, options);
  });
}
