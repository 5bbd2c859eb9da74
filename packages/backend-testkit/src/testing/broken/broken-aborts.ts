import { type ForwardOptions, NextTokenError, type RowTokens } from '@nexttoken/model';
import { ReferenceSession, type Row } from '../reference-session';
import { type BrokenModel, brokenSession } from './broken-model';

/** Mistakes of aborts and of progress. */
export const brokenAborts: readonly BrokenModel[] = [
  brokenSession(
    'an abort leaves the rows longer',
    ['abort', 'in the middle'],
    class extends ReferenceSession {
      protected override stopIfAborted(signal: AbortSignal | undefined, rows: readonly Row[]): void {
        if (signal?.aborted) this.rows = rows;
        super.stopIfAborted(signal, rows);
      }
    },
  ),
  brokenSession(
    'an abort takes back too much: the rows are empty',
    ['abort', 'several rows'],
    class extends ReferenceSession {
      protected override stopIfAborted(signal: AbortSignal | undefined, rows: readonly Row[]): void {
        if (signal?.aborted) this.rows = this.rows.map(() => []);
        super.stopIfAborted(signal, rows);
      }
    },
  ),
  brokenSession(
    'an abort leaves the session busy',
    ['abort', 'right after the call'],
    class extends ReferenceSession {
      #stuck = false;
      protected override stopIfAborted(signal: AbortSignal | undefined, rows: readonly Row[]): void {
        this.#stuck ||= signal?.aborted === true;
        super.stopIfAborted(signal, rows);
      }
      protected override refuseIfBusy(call: string): void {
        if (this.#stuck) throw new NextTokenError('session-busy', call);
        super.refuseIfBusy(call);
      }
    },
  ),
  brokenSession(
    'the signal is ignored',
    ['abort', 'a signal that is aborted already'],
    class extends ReferenceSession {
      protected override run(rows: readonly RowTokens[], { signal: _, ...options }: ForwardOptions) {
        return super.run(rows, options);
      }
    },
  ),
  brokenSession(
    "an abort rejects with an error of its own instead of the signal's reason",
    ['abort', 'in the middle'],
    class extends ReferenceSession {
      protected override stopIfAborted(signal: AbortSignal | undefined): void {
        if (signal?.aborted) throw new Error('aborted');
      }
    },
  ),
  brokenSession(
    'progress is never reported',
    ['abort', 'progress counts'],
    class extends ReferenceSession {
      protected override run(rows: readonly RowTokens[], { onProgress: _, ...options }: ForwardOptions) {
        return super.run(rows, options);
      }
    },
  ),
];
