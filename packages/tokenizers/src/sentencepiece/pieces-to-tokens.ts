import type { TokenOffset } from '@nexttoken/model';
import { encodeUtf8 } from '../bytes/utf8';
import type { NormalizedText } from './normalizer';
import type { PieceTable } from './piece-table';
import type { Segmentation } from './segmentation';

/** Ids of the pieces of a text: unknown characters become their bytes, or one unknown token a run. */
export function idsOf(table: PieceTable, text: string, { ids, ends }: Segmentation): number[] {
  const { unknownId, byteIds } = table;
  const found: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (id !== unknownId) found.push(id);
    else if (byteIds !== undefined) {
      for (const byte of encodeUtf8(text.slice(ends[i - 1] ?? 0, ends[i]!))) found.push(byteIds[byte]!);
    } else if (ids[i - 1] !== unknownId) found.push(id);
  }
  return found;
}

/** Where the same tokens stand in the original text. */
export function offsetsOf(
  { unknownId, byteIds }: PieceTable,
  { text, origins }: NormalizedText,
  { ids, ends }: Segmentation,
): TokenOffset[] {
  const found: TokenOffset[] = [];
  for (let i = 0; i < ids.length; i++) {
    const begin = ends[i - 1] ?? 0;
    const span: TokenOffset = [origins[begin]!, origins[ends[i]!]!];
    if (ids[i] !== unknownId) found.push(span);
    else if (byteIds !== undefined) {
      for (let left = encodeUtf8(text.slice(begin, ends[i]!)).length; left > 0; left--) found.push(span);
    } else if (i > 0 && ids[i - 1] === unknownId) found.push([found.pop()![0], span[1]]);
    else found.push(span);
  }
  return found;
}
