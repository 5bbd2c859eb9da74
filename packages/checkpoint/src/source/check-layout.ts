import { NextTokenError } from '@nexttoken/model';
import { truncated } from './check-range';

/** A named range of a file's data part. */
export interface DataRange {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

/**
 * Refuses tensors that overlap or reach beyond the file.
 * @param dataSize length of the data part that the ranges count in
 * @param gaps whether bytes may lie between two tensors, and behind the last one
 * @throws NextTokenError `invalid-file`; for a truncated file with `tensor` (the first that is cut off) and
 * `missing` (how many bytes the file lacks in all)
 */
export function checkLayout(
  path: string,
  ranges: readonly DataRange[],
  dataSize: number,
  gaps: 'allowed' | 'refused',
): void {
  const ordered = [...ranges].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let end = 0;
  for (const range of ordered) {
    if (range.begin < end) throw invalid(path, range.name, 'overlaps the tensor before it');
    if (gaps === 'refused' && range.begin > end) throw invalid(path, range.name, 'leaves a gap before it');
    end = range.end;
  }
  const cut = ordered.find((range) => range.end > dataSize);
  if (cut) {
    throw truncated(path, end - dataSize, `its tensors, beginning in ${cut.name}`, { tensor: cut.name });
  }
  if (gaps === 'refused' && end < dataSize) {
    throw new NextTokenError('invalid-file', `${path}: ${dataSize - end} bytes follow the last tensor`, {
      path,
      surplus: dataSize - end,
    });
  }
}

function invalid(path: string, tensor: string, what: string): NextTokenError {
  return new NextTokenError('invalid-file', `${path}: the tensor ${tensor} ${what}`, { path, tensor });
}
