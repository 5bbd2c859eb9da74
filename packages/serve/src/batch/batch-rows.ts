import type { LanguageModel, Session } from '@nexttoken/model';
import type { SharedRow } from './shared-row';

/**
 * The rows of all batched sessions in one session of the model. Rows join and leave between two steps: a joining one
 * takes the place of one that left, so that neighbours stay neighbours; with the last row the session goes too.
 */
export class BatchRows {
  #session: Session | undefined;
  #rows: SharedRow[] = [];
  readonly #leaving = new Set<SharedRow>();

  constructor(readonly model: LanguageModel) {}

  /** Rows that have a place. */
  get count(): number {
    return this.#rows.length;
  }

  /** Whether rows wait to be taken out. */
  get isDirty(): boolean {
    return this.#leaving.size > 0;
  }

  /** The model's session; there is one as long as there are rows. */
  get session(): Session {
    return this.#session!;
  }

  /** Marks a row to be taken out. */
  leave(row: SharedRow): void {
    if (row.position >= 0) this.#leaving.add(row);
  }

  /**
   * Takes the leaving rows out, and gives these ones a place.
   * @param joining empty rows, or copies of others
   */
  async arrange(joining: readonly { readonly row: SharedRow; readonly copyOf?: SharedRow }[]): Promise<void> {
    if (joining.length === 0 && !this.isDirty) return;
    const parents = new Map<SharedRow, number>(this.#rows.map((row) => [row, row.position]));
    for (const { row, copyOf } of joining) parents.set(row, copyOf?.position ?? -1);
    // Rows that leave while the session moves wait for the next time.
    const leaving = new Set(this.#leaving);
    const waiting = joining.map(({ row }) => row);
    const places = this.#rows.map((row) => (leaving.has(row) ? waiting.shift() : row));
    const next = [...places.filter((row) => row !== undefined), ...waiting];
    if (next.length === 0) await this.#close();
    else if (this.#session) await this.#session.select(next.map((row) => parents.get(row)!));
    else this.#session = await this.model.createSession({ rows: next.length });
    for (const row of leaving) {
      row.position = -1;
      this.#leaving.delete(row);
    }
    for (const [position, row] of next.entries()) row.position = position;
    this.#rows = next;
  }

  /** Cuts rows back to lengths below their present ones. */
  async truncate(lengths: ReadonlyMap<SharedRow, number>): Promise<void> {
    if (lengths.size === 0) return;
    await this.session.truncate(this.#rows.map((row) => lengths.get(row) ?? row.length));
    for (const [row, length] of lengths) row.length = length;
  }

  /** Frees everything; the rows are lost. */
  async dispose(): Promise<void> {
    for (const row of this.#rows) row.position = -1;
    this.#rows = [];
    this.#leaving.clear();
    await this.#close();
  }

  async #close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.dispose();
  }
}
