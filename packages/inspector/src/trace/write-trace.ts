import { decodeRow, type RunRecord } from '@nexttoken/generate';
import {
  type AttentionPatterns,
  checkOptionNames,
  type HiddenStates,
  invalidParameter,
  type Tokenizer,
} from '@nexttoken/model';
import { logSumExp, topIndices } from '@nexttoken/numeric';
import { displayToken } from '../token/display-token';
import { crc32 } from './crc32';
import type { TraceBlock, TraceBlockName, TraceHeader } from './trace-data';
import { aligned, dtypeOf, headerStart, magic, type TraceArray, traceFormat } from './trace-layout';

export interface WriteTraceOptions {
  /** Writes the tokens of the run down, for readers without a tokenizer. */
  readonly tokenizer?: Tokenizer | undefined;
  /**
   * Keeps only so many of the best logits of each row, with its log-sum-exp, instead of the row: smaller, but it can not be
   * verified without a model. An integer >= 1; default: whole rows.
   */
  readonly top?: number | undefined;
  /** Plain remarks, e.g. `{ prompt: 'Once upon' }`. */
  readonly notes?: Readonly<Record<string, string>> | undefined;
  /** What the prompt's forward captured. */
  readonly hiddenStates?: HiddenStates | undefined;
  readonly attention?: AttentionPatterns | undefined;
}

interface PendingBlock {
  readonly name: TraceBlockName;
  readonly shape: readonly number[];
  readonly data: TraceArray;
}

function joined(name: TraceBlockName, rows: readonly Float32Array[], width: number): PendingBlock {
  const data = new Float32Array(rows.length * width);
  for (const [index, row] of rows.entries()) data.set(row, index * width);
  return { name, shape: [rows.length, width], data };
}

function topBlocks(rows: readonly Float32Array[], count: number): PendingBlock[] {
  const width = Math.min(count, rows[0]?.length ?? count);
  const ids = rows.map((row) => topIndices(row, width));
  const shape = [rows.length, width];
  return [
    { name: 'top-ids', shape, data: Int32Array.from(ids.flatMap((list) => [...list])) },
    {
      name: 'top-logits',
      shape,
      data: Float32Array.from(rows.flatMap((row, index) => Array.from(ids[index]!, (id) => row[id]!))),
    },
    { name: 'log-totals', shape: [rows.length], data: Float64Array.from(rows, logSumExp) },
  ];
}

function blocksOf(record: RunRecord, steps: readonly number[], options: WriteTraceOptions): PendingBlock[] {
  const { top, hiddenStates, attention } = options;
  const { vocabSize } = record.model;
  const rowsOf = (list: readonly (string | null)[] | undefined) =>
    list && steps.map((step) => decodeRow(list[step] ?? ''));
  const logits = rowsOf(record.rows?.logits);
  const scores = rowsOf(record.rows?.scores);
  const blocks: PendingBlock[] = [];
  if (logits && top === undefined) blocks.push(joined('logits', logits, vocabSize));
  if (logits && top !== undefined) blocks.push(...topBlocks(logits, top));
  if (scores) blocks.push(joined('scores', scores, vocabSize));
  if (hiddenStates) {
    const { layers, positions, width, data } = hiddenStates;
    blocks.push({ name: 'hidden-states', shape: [layers, positions, width], data });
  }
  if (attention) {
    const { layers, heads, positions, keys, data } = attention;
    blocks.push({ name: 'attention', shape: [layers, heads, positions, keys], data });
  }
  return blocks;
}

const bytesOf = (data: TraceArray): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

function place(blocks: readonly PendingBlock[]): {
  readonly placed: TraceBlock[];
  readonly byteLength: number;
} {
  let offset = 0;
  const placed = blocks.map(({ name, shape, data }): TraceBlock => {
    const block = {
      name,
      dtype: dtypeOf[name],
      shape,
      offset,
      byteLength: data.byteLength,
      crc32: crc32(bytesOf(data)),
    };
    offset += aligned(data.byteLength);
    return block;
  });
  return { placed, byteLength: offset };
}

function tokensOf(ids: Iterable<number>, tokenizer: Tokenizer): TraceHeader['tokens'] {
  return [...new Set(ids)].sort((a, b) => a - b).map((id) => [id, displayToken(tokenizer, id)] as const);
}

/**
 * A run as one file: a JSON header, then its rows (and what else was captured) as binary blocks with checksums.
 *
 * Layout: 8 bytes `NTTRACE\n`; the header's length as a 32-bit number, little-endian; 4 bytes of zero; the header as
 * UTF-8 JSON, filled up with spaces to a multiple of 8; the blocks, each beginning at a multiple of 8 and filled with zeros.
 *
 * @param record as `Run.record` holds it; capture `logits` (and `scores`) to have rows in it
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 * Cost: `4 · steps · vocabSize` bytes for each kind of row; see `top` for less.
 */
export function writeTrace(record: RunRecord, options: WriteTraceOptions = {}): Uint8Array {
  checkOptionNames('writeTrace', options, ['tokenizer', 'top', 'notes', 'hiddenStates', 'attention']);
  const { tokenizer, top, notes } = options;
  if (top !== undefined && (!Number.isInteger(top) || top < 1)) {
    throw invalidParameter('writeTrace', 'top', top, 'an integer >= 1');
  }
  const { rows, ...run } = record;
  const captured = rows?.logits ?? rows?.scores ?? [];
  const steps = captured.flatMap((row, step) => (row === null ? [] : [step]));
  const blocks = blocksOf(record, steps, options);
  const { placed, byteLength } = place(blocks);
  const best = blocks.find(({ name }) => name === 'top-ids')?.data ?? [];
  const header: TraceHeader = {
    format: traceFormat,
    run,
    steps,
    ...(tokenizer && { tokens: tokensOf([...run.promptIds, ...run.ids, ...best], tokenizer)! }),
    ...(notes && { notes }),
    blocks: placed,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const begin = headerStart + aligned(json.length);
  const file = new Uint8Array(begin + byteLength);
  file.set(magic);
  new DataView(file.buffer).setUint32(magic.length, begin - headerStart, true);
  file.fill(0x20, headerStart, begin);
  file.set(json, headerStart);
  for (const [index, { data }] of blocks.entries()) file.set(bytesOf(data), begin + placed[index]!.offset);
  return file;
}
