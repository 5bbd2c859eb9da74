import type { Session } from '@nexttoken/model';
import type { CachedPosition } from '../reference-network';
import { ReferenceSession, type Row } from '../reference-session';
import { type BrokenModel, brokenSession } from './broken-model';

/** Mistakes of select and fork. */
export const brokenBranches: readonly BrokenModel[] = [
  brokenSession(
    'select ignores duplicates: the second copy is empty',
    ['select', 'duplicates'],
    class extends ReferenceSession {
      protected override selected(parents: readonly number[]): readonly Row[] {
        return super.selected(parents).map((row, i) => (parents.indexOf(parents[i]!) === i ? row : []));
      }
    },
  ),
  brokenSession(
    'select works in place, so a row overwritten early is read later',
    ['select', 'permutes'],
    class extends ReferenceSession {
      protected override selected(parents: readonly number[]): readonly Row[] {
        const rows = [...this.rows];
        parents.forEach((parent, i) => {
          rows[i] = parent < 0 ? [] : rows[parent]!;
        });
        return rows.slice(0, parents.length);
      }
    },
  ),
  brokenSession(
    'select drops nothing',
    ['select', 'drops'],
    class extends ReferenceSession {
      protected override selected(parents: readonly number[]): readonly Row[] {
        return [...super.selected(parents), ...this.rows.slice(parents.length)];
      }
    },
  ),
  brokenSession(
    'select appends a copy of the last row instead of an empty one',
    ['select', 'appends'],
    class extends ReferenceSession {
      protected override selected(parents: readonly number[]): readonly Row[] {
        return parents.map((parent) => this.rows.at(parent)!);
      }
    },
  ),
  brokenSession(
    'copies of a row share one cache: the last writer wins',
    ['select', 'duplicates'],
    class extends ReferenceSession {
      #parents: readonly number[] = [];
      protected override selected(parents: readonly number[]): readonly Row[] {
        this.#parents = parents;
        return super.selected(parents);
      }
      protected override step(rows: CachedPosition[][], index: number, id: number): Float32Array {
        const logits = super.step(rows, index, id);
        const parent = this.#parents[index];
        for (const [other, row] of rows.entries()) {
          const shares =
            other < index && parent !== undefined && parent >= 0 && this.#parents[other] === parent;
          if (shares && row.length === rows[index]!.length) row[row.length - 1] = rows[index]!.at(-1)!;
        }
        return logits;
      }
    },
  ),
  brokenSession(
    'fork shares its state with its origin',
    ['fork', 'both go on independently'],
    class extends ReferenceSession {
      protected override forked(): Session {
        const fork = super.forked() as ReferenceSession;
        Object.defineProperty(fork, 'rows', {
          get: () => this.rows,
          set: (rows: readonly Row[]) => {
            this.rows = rows;
          },
        });
        return fork;
      }
    },
  ),
  brokenSession(
    'disposing the origin frees the cache of its fork',
    ['fork', 'disposing the origin'],
    class extends ReferenceSession {
      readonly #forks: Session[] = [];
      protected override forked(): Session {
        const fork = super.forked();
        this.#forks.push(fork);
        return fork;
      }
      override async dispose(): Promise<void> {
        await Promise.all(this.#forks.map((fork) => fork.dispose()));
        await super.dispose();
      }
    },
  ),
  brokenSession(
    'the fourth select and those after it mix up the rows',
    ['random walk', 'random calls'],
    class extends ReferenceSession {
      #count = 0;
      protected override selected(parents: readonly number[]): readonly Row[] {
        const rows = super.selected(parents);
        return ++this.#count > 3 ? [...rows].reverse() : rows;
      }
    },
  ),
  brokenSession(
    'the rows that share a past are cut back together',
    ['shared past', 'cut back into what the rows share'],
    class extends ReferenceSession {
      override async truncate(lengths: readonly number[]): Promise<void> {
        const before = this.lengths;
        await super.truncate(lengths);
        const least = Math.min(...lengths);
        if (before.every((length) => length > 9)) this.rows = this.rows.map((row) => row.slice(0, least));
      }
    },
  ),
  brokenSession(
    'a place given up and taken again keeps the end of its old text',
    ['shared past', 'four rows of one text'],
    class extends ReferenceSession {
      protected override selected(parents: readonly number[]): readonly Row[] {
        const rows = super.selected(parents);
        return rows.map((row, i) => {
          const old = this.rows[i];
          const again = parents.indexOf(parents[i]!) < i && old?.length === row.length;
          return again && row.length > 6 ? [...row.slice(0, -1), old.at(-1)!] : row;
        });
      }
    },
  ),
  brokenSession(
    'fork starts empty',
    ['fork', 'of several rows'],
    class extends ReferenceSession {
      protected override forked(): Session {
        return this.model.newSession(this.rows.map(() => []));
      }
    },
  ),
];
