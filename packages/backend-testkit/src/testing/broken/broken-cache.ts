import type { LogitsRequest } from '@nexttoken/model';
import type { CachedPosition } from '../reference-network';
import { ReferenceSession, type Row } from '../reference-session';
import { type BrokenModel, brokenSession } from './broken-model';

/** Mistakes in the cache: what truncate and growth leave, what rows leak. */
export const brokenCache: readonly BrokenModel[] = [
  brokenSession(
    'truncate keeps one position too few, and says the right length',
    ['truncate', 'cut back to any length'],
    class extends ReferenceSession {
      protected override truncated(row: Row, length: number): Row {
        return length === row.length || length === 0
          ? row.slice(0, length)
          : [...row.slice(0, length - 1), row[length]!];
      }
    },
  ),
  brokenSession(
    'truncate leaves stale entries in the cache',
    ['truncate', 'another text'],
    class extends ReferenceSession {
      readonly #stale = new Map<number, CachedPosition[]>();
      protected override truncated(row: Row, length: number): Row {
        this.#stale.set(length, row.slice(length));
        return row.slice(0, length);
      }
      protected override step(rows: CachedPosition[][], index: number, id: number): Float32Array {
        const row = rows[index]!;
        const stale = this.#stale.get(row.length)?.[0];
        const logits = super.step(rows, index, id);
        if (stale) row[row.length - 1] = stale;
        return logits;
      }
    },
  ),
  brokenSession(
    'truncate cuts every row to the shortest length',
    ['truncate', 'each row is cut to its own length'],
    class extends ReferenceSession {
      override async truncate(lengths: readonly number[]): Promise<void> {
        await super.truncate(lengths.map(() => Math.min(...lengths)));
      }
    },
  ),
  brokenSession(
    'truncate does nothing',
    ['truncate', 'cut back to any length'],
    class extends ReferenceSession {
      override async truncate(): Promise<void> {}
    },
  ),
  brokenSession(
    'the cache loses its last position when it grows over 256',
    ['cache', 'one by one'],
    class extends ReferenceSession {
      protected override step(rows: CachedPosition[][], index: number, id: number): Float32Array {
        const row = rows[index]!;
        const grows = row.length === 256 && this.rows[index]!.length > 0;
        if (grows) row[255] = row[254]!;
        return super.step(rows, index, id);
      }
    },
  ),
  brokenSession(
    'positions are counted from the start of each call',
    ['cache', 'one by one'],
    class extends ReferenceSession {
      protected override step(rows: CachedPosition[][], index: number, id: number): Float32Array {
        const row = rows[index]!;
        const { entry, logits } = this.model.network.next(row.slice(this.rows[index]!.length), id);
        row.push(entry);
        return logits;
      }
    },
  ),
  brokenSession(
    "'none' does not fill the cache but counts the positions",
    ['forward', "'none' returns null"],
    class extends ReferenceSession {
      protected override answer(positions: readonly Float32Array[], request: LogitsRequest) {
        if (request === 'none') this.#skipped = true;
        return super.answer(positions, request);
      }
      #skipped = false;
      protected override step(rows: CachedPosition[][], index: number, id: number): Float32Array {
        if (!this.#skipped) return super.step(rows, index, id);
        const { entry, logits } = this.model.network.next([], id);
        rows[index]!.push(entry);
        return logits;
      }
    },
  ),
  brokenSession(
    'rows leak into each other: a row also attends to the first row',
    ['ragged rows', 'rows of different lengths'],
    class extends ReferenceSession {
      protected override step(rows: CachedPosition[][], index: number, id: number): Float32Array {
        const row = rows[index]!;
        const leak = index > 0 ? rows[0]!.slice(0, 1) : [];
        const { entry, logits } = this.model.network.next([...row, ...leak], id);
        row.push(entry);
        return logits;
      }
    },
  ),
  brokenSession(
    'a row that sits out is moved on by the padding id',
    ['ragged rows', 'a row that sits out'],
    class extends ReferenceSession {
      protected override step(rows: CachedPosition[][], index: number, id: number): Float32Array {
        const logits = super.step(rows, index, id);
        for (const [other, row] of rows.entries()) {
          if (other === index || row.length === 0 || row.length >= rows[index]!.length) continue;
          row[row.length - 1] = this.model.network.next(row.slice(0, -1), 0).entry;
        }
        return logits;
      }
    },
  ),
  brokenSession(
    'the lengths count a row that sits out',
    ['ragged rows', 'a row that sits out'],
    class extends ReferenceSession {
      override get lengths(): readonly number[] {
        const longest = Math.max(0, ...super.lengths);
        return super.lengths.map((length) => (length > 0 && this.rowCount > 2 ? longest : length));
      }
    },
  ),
];
