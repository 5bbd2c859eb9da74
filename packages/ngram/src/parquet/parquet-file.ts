import { invalidParameter, NextTokenError } from '@nexttoken/model';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
} from 'hyparquet';

/** A Parquet file: its bytes, a browser's file, or hyparquet's `AsyncBuffer` (of a URL, of a file on disk). */
export type ParquetSource = Uint8Array | Blob | AsyncBuffer;

/** Decompressors beyond Snappy, by their Parquet names (`hyparquet-compressors` has them all). */
export type ParquetCompressors = Compressors;

/** Rows read at once: one group of rows as they were written. */
export async function* parquetRows(
  source: ParquetSource,
  columns: readonly string[],
  compressors: Compressors | undefined,
): AsyncGenerator<Record<string, unknown>[]> {
  const file = asyncBuffer(source);
  const metadata = await reading(() => parquetMetadataAsync(file));
  for (const column of columns) checkColumn(metadata, column);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const range = { rowStart, rowEnd };
    yield await reading(() =>
      parquetReadObjects({
        file,
        metadata,
        columns: [...columns],
        ...range,
        ...(compressors && { compressors }),
      }),
    );
    rowStart = rowEnd;
  }
}

function asyncBuffer(source: ParquetSource): AsyncBuffer {
  if (source instanceof Uint8Array) {
    const bytes = source;
    return {
      byteLength: bytes.length,
      slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
    };
  }
  if (source instanceof Blob) {
    return { byteLength: source.size, slice: (start, end) => source.slice(start, end).arrayBuffer() };
  }
  if (typeof source?.byteLength === 'number' && typeof source.slice === 'function') return source;
  throw invalidParameter('parquet', 'source', source, 'a Uint8Array, a Blob or an AsyncBuffer');
}

function checkColumn({ schema }: FileMetaData, column: string): void {
  const names = schema.slice(1).map(({ name }) => name);
  if (names.includes(column)) return;
  throw invalidParameter('parquet', 'column', column, `one of ${names.join(', ')}`);
}

/** What hyparquet throws, as `invalid-file`. */
async function reading<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new NextTokenError(
      'invalid-file',
      `Parquet: ${(cause as Error).message}`,
      { path: 'Parquet file' },
      { cause },
    );
  }
}
