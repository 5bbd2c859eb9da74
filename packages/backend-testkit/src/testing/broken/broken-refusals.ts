import { type ForwardOptions, type Logits, NextTokenError, type RowTokens } from '@nexttoken/model';
import { ReferenceModel } from '../reference-model';
import { ReferenceSession } from '../reference-session';
import { type BrokenModel, brokenModel, brokenSession } from './broken-model';

/** Mistakes in what is refused, and how. */
export const brokenRefusals: readonly BrokenModel[] = [
  brokenSession(
    'ids are not checked: they wrap around',
    ['errors', 'an id outside the vocabulary'],
    class extends ReferenceSession {
      protected override async run(
        rows: readonly RowTokens[],
        options: ForwardOptions,
      ): Promise<(Logits | null)[]> {
        const legal = rows.map((ids) => Array.from(ids, (id) => Math.abs(Math.trunc(id) || 0) % 40));
        return super.run(legal, options);
      }
    },
  ),
  brokenSession(
    'a bad id is noticed when the rows before it have been written',
    ['errors', 'a bad id in one row'],
    class extends ReferenceSession {
      protected override async run(
        rows: readonly RowTokens[],
        options: ForwardOptions,
      ): Promise<(Logits | null)[]> {
        try {
          return await super.run(rows, options);
        } catch (error) {
          const legal = rows.map((ids) => Array.from(ids).filter((id) => id >= 0 && id < 40));
          if (rows.length > 1 && NextTokenError.isInstance(error)) await super.run(legal, options);
          throw error;
        }
      }
    },
  ),
  brokenSession(
    'context overflow is silently clipped',
    ['errors', 'context-overflow'],
    class extends ReferenceSession {
      protected override async run(
        rows: readonly RowTokens[],
        options: ForwardOptions,
      ): Promise<(Logits | null)[]> {
        const clipped = rows.map((ids, row) => Array.from(ids).slice(0, 600 - this.lengths[row]!));
        return super.run(clipped, options);
      }
    },
  ),
  brokenSession(
    'the last position of the context cannot be used',
    ['errors', 'the whole context'],
    class extends ReferenceSession {
      protected override checked(rows: readonly RowTokens[]): void {
        super.checked(rows);
        const over = rows.find((ids, row) => ids.length + this.lengths[row]! >= 600);
        if (over)
          throw new NextTokenError('context-overflow', 'too long', { length: 601, contextLength: 600 });
      }
    },
  ),
  brokenSession(
    'missing rows are taken for empty ones',
    ['errors', 'a wrong number of rows'],
    class extends ReferenceSession {
      protected override checked(rows: readonly RowTokens[]): void {
        super.checked(this.rows.map((_, row) => rows[row] ?? []));
      }
    },
  ),
  brokenSession(
    'a call without any token is answered with nulls',
    ['errors', 'all rows empty'],
    class extends ReferenceSession {
      protected override checked(rows: readonly RowTokens[]): void {
        if (rows.some((ids) => ids.length > 0)) super.checked(rows);
      }
    },
  ),
  brokenSession(
    'a second call while one runs is not refused',
    ['errors', 'a second forward is refused'],
    class extends ReferenceSession {
      protected override refuseIfBusy(): void {}
    },
  ),
  brokenSession(
    'a second forward is refused, a truncate is not',
    ['errors', 'select, truncate and fork are refused'],
    class extends ReferenceSession {
      protected override refuseIfBusy(call: string): void {
        if (call === 'forward') super.refuseIfBusy(call);
      }
    },
  ),
  brokenSession(
    'errors are plain errors',
    ['errors', 'empty-prompt'],
    class extends ReferenceSession {
      protected override checked(rows: readonly RowTokens[]): void {
        try {
          super.checked(rows);
        } catch (error) {
          throw new Error(String(error));
        }
      }
    },
  ),
  brokenSession(
    'a capture that is not offered is ignored',
    ['refusal', 'attention'],
    class extends ReferenceSession {
      protected override async run(
        rows: readonly RowTokens[],
        { capture: _, ...options }: ForwardOptions,
      ): Promise<(Logits | null)[]> {
        return super.run(rows, options);
      }
    },
    { capabilities: { attention: false } },
  ),
  brokenSession(
    'what is declared absent works all the same',
    ['refusal', 'fork'],
    class extends ReferenceSession {
      override async fork() {
        return this.forked();
      }
    },
    { capabilities: { fork: false } },
  ),
  brokenModel(
    'an option of forward that is none is ignored',
    ['refusal', 'an option of forward'],
    class extends ReferenceModel {
      override checkNames(call: string, options: object, known: readonly string[]): void {
        if (call !== 'forward') super.checkNames(call, options, known);
      }
    },
  ),
  brokenModel(
    'an option of createSession that is none is ignored',
    ['refusal', 'an option of createSession'],
    class extends ReferenceModel {
      override checkNames(call: string, options: object, known: readonly string[]): void {
        if (call !== 'createSession') super.checkNames(call, options, known);
      }
    },
  ),
  brokenSession(
    'maxRows is not enforced by select',
    ['refusal', 'more rows than maxRows'],
    class extends ReferenceSession {
      override async select(parents: readonly number[]): Promise<void> {
        this.rows = this.selected(parents);
      }
    },
    { capabilities: { maxRows: 4 } },
  ),
];
