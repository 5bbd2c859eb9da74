import type { RowTokens, Session } from '@nexttoken/model';
import { check, checkEqual } from '../check/check';
import type { Kit } from './kit';

/**
 * A session beside plain lists of ids that say what its rows must hold. Every call goes to both; every
 * answer and every length is compared with the lists.
 */
export class ShadowSession {
  constructor(
    readonly kit: Kit,
    readonly session: Session,
    /** The ids that each row must hold. */
    public texts: readonly (readonly number[])[] = Array.from({ length: session.rowCount }, () => []),
  ) {}

  static async open(kit: Kit, rows = 1): Promise<ShadowSession> {
    return new ShadowSession(kit, await kit.open(rows));
  }

  /** Runs `logits: 'last'`; compares each row with the same text alone. */
  async forward(rows: readonly RowTokens[], what = 'forward'): Promise<void> {
    const { logits } = await this.session.forward(rows);
    const answers = logits.map((row) => row && { ...row, data: row.data.slice() });
    this.texts = this.texts.map((text, row) => [...text, ...Array.from(rows[row]!)]);
    this.checkLengths(what);
    check(answers.length === rows.length, `${what}: ${rows.length} rows in, ${answers.length} logits out`);
    for (const [row, text] of this.texts.entries()) {
      const where = `${what}, row ${row} of ${rows.length} (${text.length} positions)`;
      if (rows[row]!.length > 0) await this.kit.expectLast(answers[row], text, where);
      else check(answers[row] === null, `${where}: it sat out, so its logits must be null`);
    }
  }

  /** Fills the cache without reading logits. */
  async fill(rows: readonly RowTokens[], what = "forward, logits 'none'"): Promise<void> {
    const { logits } = await this.session.forward(rows, { logits: 'none' });
    this.texts = this.texts.map((text, row) => [...text, ...Array.from(rows[row]!)]);
    this.checkLengths(what);
    checkEqual(logits, Array(rows.length).fill(null), `${what}: the logits`);
  }

  async select(parents: readonly number[], what = `select([${parents}])`): Promise<void> {
    await this.session.select(parents);
    this.texts = parents.map((parent) => (parent < 0 ? [] : this.texts[parent]!));
    this.checkLengths(what);
  }

  async truncate(lengths: readonly number[], what = `truncate([${lengths}])`): Promise<void> {
    await this.session.truncate(lengths);
    this.texts = this.texts.map((text, row) => text.slice(0, lengths[row]!));
    this.checkLengths(what);
  }

  async fork(): Promise<ShadowSession> {
    const fork = new ShadowSession(this.kit, this.kit.keep(await this.session.fork()), this.texts);
    fork.checkLengths('fork');
    return fork;
  }

  /** One more token in every row; shows that the rows hold what they must. */
  async goOn(what: string, seed = 90): Promise<void> {
    await this.forward(
      this.texts.map((_, row) => this.kit.text(1, seed + row)),
      `${what}, then one more token`,
    );
  }

  /** `rowCount` and `lengths` say what the lists say. */
  checkLengths(what: string): void {
    checkEqual(this.session.rowCount, this.texts.length, `${what}: rowCount`);
    checkEqual(
      [...this.session.lengths],
      this.texts.map((text) => text.length),
      `${what}: lengths`,
    );
  }
}
