import { ReferenceModel } from '../reference-model';
import { ReferenceSession, type Row } from '../reference-session';
import { type BrokenModel, brokenModel, brokenSession } from './broken-model';

/** Mistakes of disposal, of sessions side by side, and in what the model says about itself. */
export const brokenLifetime: readonly BrokenModel[] = [
  brokenSession(
    'dispose is not idempotent',
    ['disposal', 'again and again'],
    class extends ReferenceSession {
      override async dispose(): Promise<void> {
        this.refuseIfDisposed();
        await super.dispose();
      }
    },
  ),
  brokenSession(
    'dispose does not wait for a running call',
    ['disposal', 'session.dispose waits'],
    class extends ReferenceSession {
      override async dispose(): Promise<void> {
        this.disposed = true;
        this.model.sessions.delete(this);
      }
    },
  ),
  brokenSession(
    'a disposed session can still be used',
    ['disposal', 'every call on a disposed session'],
    class extends ReferenceSession {
      protected override refuseIfDisposed(): void {}
    },
  ),
  brokenSession(
    'sessions that were forked are never counted out',
    ['disposal', 'live handles come back when sessions'],
    class extends ReferenceSession {
      protected override forked() {
        const fork = super.forked();
        this.model.sessions.add({ ...fork, dispose: async () => undefined });
        return fork;
      }
    },
  ),
  brokenModel(
    'disposing the model leaves its sessions alive',
    ['disposal', 'model.dispose waits'],
    class extends ReferenceModel {
      override async dispose(): Promise<void> {
        this.disposed = true;
      }
    },
  ),
  brokenModel(
    'describe holds what JSON cannot',
    ['describe', 'survives JSON'],
    class extends ReferenceModel {
      override describe() {
        return { ...super.describe(), memory: Number.POSITIVE_INFINITY };
      }
    },
  ),
  brokenModel(
    'the context length is not a number of positions',
    ['capabilities', 'complete and in range'],
    class extends ReferenceModel {
      override readonly capabilities = { ...new ReferenceModel().capabilities, contextLength: 0 };
    },
  ),
  brokenModel(
    'the sessions of a model share their rows',
    ['concurrency', 'two sessions take turns'],
    class extends ReferenceModel {
      #shared: readonly Row[] | undefined;
      override newSession(rows: readonly Row[]) {
        const session = super.newSession(rows);
        if (rows.length !== 1) return session;
        this.#shared = rows;
        Object.defineProperty(session, 'rows', {
          get: () => this.#shared,
          set: (next: readonly Row[]) => {
            this.#shared = next;
          },
        });
        return session;
      }
    },
  ),
];
