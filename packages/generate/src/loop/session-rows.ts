import type { Session } from '@nexttoken/model';
import type { GenerationPlan } from '../options/plan-generation';
import { type Lane, laneLength, pendingIds } from '../row/lane';
import type { Row } from '../row/row';

/**
 * Which row of the session belongs to which row of the run. At first there is one a prompt (and one a prompt for
 * guidance, behind all of them), so that a prompt is read once however many continuations it gets.
 */
export class SessionRows {
  /** Rows of the session by row of the run. */
  #main: number[];
  #guidance: number[];
  #expanded: boolean;

  constructor(
    readonly plan: GenerationPlan,
    readonly session: Session,
    readonly rows: readonly Row[],
  ) {
    this.#expanded = rows.length === plan.prompts || !plan.model.capabilities.select;
    const heads = this.#expanded ? rows.length : plan.prompts;
    this.#main = rows.map(({ index, batchItem }) => (this.#expanded ? index : batchItem));
    this.#guidance = this.#main.map((row) => heads + row);
  }

  /** Rows that the session has to begin with. */
  static count({ model, prompts, rows }: GenerationPlan): number {
    const heads = model.capabilities.select ? prompts : rows.length;
    return rows[0]!.negativeIds ? 2 * heads : heads;
  }

  main(row: Row): number {
    return this.#main[row.index]!;
  }

  guidance(row: Row): number {
    return this.#guidance[row.index]!;
  }

  /** The lanes of these rows, each with its row of the session. */
  *lanes(rows: readonly Row[]): Generator<readonly [lane: Lane, sessionRow: number]> {
    for (const row of rows) {
      yield [row.lane, this.main(row)];
      if (row.guidance) yield [row.guidance, this.guidance(row)];
    }
  }

  /** Gives every row of the run a row of its own. */
  async expand(): Promise<void> {
    if (this.#expanded) return;
    await this.#arrange(this.rows);
    this.#expanded = true;
  }

  /**
   * Drops rows that have ended where they stand between others: backends compute neighbours together, and a gap
   * would cut a step in two.
   */
  async compact(live: readonly Row[]): Promise<void> {
    if (!this.#expanded || !this.plan.model.capabilities.select) return;
    const used = Array.from(this.lanes(live), ([, sessionRow]) => sessionRow);
    if (Math.max(...used) - Math.min(...used) < used.length) return;
    await this.#arrange(live);
  }

  /** These rows in their order, their guidance rows behind all of them. */
  async #arrange(rows: readonly Row[]): Promise<void> {
    const main = rows.map((row) => this.main(row));
    const guidance = rows.flatMap((row) => (row.guidance ? [this.guidance(row)] : []));
    await this.session.select([...main, ...guidance]);
    for (const [position, { index }] of rows.entries()) {
      this.#main[index] = position;
      this.#guidance[index] = rows.length + position;
    }
  }

  /**
   * Makes room in rows that have filled the context: the oldest ids leave, the rest is to be read anew.
   * @returns whether some had to
   */
  async slide(rows: readonly Row[]): Promise<boolean> {
    const { slideTo, model } = this.plan;
    if (slideTo === undefined) return false;
    const lengths = [...this.session.lengths];
    let slides = false;
    for (const [lane, sessionRow] of this.lanes(rows)) {
      if (laneLength(lane) <= model.capabilities.contextLength) continue;
      lane.start = lane.ids.length - slideTo;
      if (lengths[sessionRow]! > 0) slides = true;
      lengths[sessionRow] = 0;
    }
    if (slides) await this.session.truncate(lengths);
    return slides;
  }

  /** What is to be forwarded: the ids that the cache lacks, then `proposals` of that row of the session. */
  pending(rows: readonly Row[], proposals: ReadonlyMap<number, readonly number[]>): number[][] {
    const tokens = Array.from({ length: this.session.rowCount }, (): number[] => []);
    for (const [lane, sessionRow] of this.lanes(rows)) {
      const cached = this.session.lengths[sessionRow]!;
      tokens[sessionRow] = [...pendingIds(lane, cached), ...(proposals.get(sessionRow) ?? [])];
    }
    return tokens;
  }

  /** Takes back proposals that were not accepted: the cache holds all ids but the newest one. */
  async rollBack(rows: readonly Row[]): Promise<void> {
    const lengths = [...this.session.lengths];
    let rejects = false;
    for (const [lane, sessionRow] of this.lanes(rows)) {
      const kept = laneLength(lane) - 1;
      if (lengths[sessionRow]! <= kept) continue;
      lengths[sessionRow] = kept;
      rejects = true;
    }
    if (rejects) await this.session.truncate(lengths);
  }
}
