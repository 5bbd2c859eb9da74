import type {
  ForwardOptions,
  ForwardResult,
  LanguageModel,
  LogitsRequest,
  RowTokens,
  Session,
} from '@nexttoken/model';
import { SessionCalls } from '@nexttoken/model/session-calls';
import type { RecoveringModel } from './recovering-model';
import { appended, cutLog, emptyLog, readLog, type TextLog } from './text-log';

interface Running {
  readonly session: Session;
  /** The model that it belongs to. */
  readonly model: LanguageModel;
}

/** A session that keeps what its rows have read, and reads it again where its model was opened anew. */
export class RecoveringSession implements Session {
  readonly #calls = new SessionCalls();
  #logs: readonly TextLog[];

  constructor(
    readonly owner: RecoveringModel,
    private running: Running,
    logs: readonly TextLog[],
  ) {
    this.#logs = logs;
  }

  get rowCount(): number {
    return this.#logs.length;
  }

  get lengths(): readonly number[] {
    return this.#logs.map(({ length }) => length);
  }

  forward<Request extends LogitsRequest = 'last'>(
    rows: readonly RowTokens[],
    options: ForwardOptions<Request> = {},
  ): Promise<ForwardResult<Request>> {
    return this.#calls.run('forward', async () => {
      const copies = Array.isArray(rows) ? rows.map((row) => Int32Array.from(row)) : rows;
      const result = await this.#try((session) => session.forward(rows, options), options.signal);
      this.#logs = this.#logs.map((log, row) => appended(log, copies[row]!));
      return result;
    });
  }

  select(parents: readonly number[]): Promise<void> {
    return this.#calls.run('select', async () => {
      await this.#try((session) => session.select(parents));
      this.#logs = parents.map((parent) => (parent < 0 ? emptyLog : this.#logs[parent]!));
    });
  }

  truncate(lengths: readonly number[]): Promise<void> {
    return this.#calls.run('truncate', async () => {
      await this.#try((session) => session.truncate(lengths));
      this.#logs = this.#logs.map((log, row) => cutLog(log, lengths[row]!));
    });
  }

  fork(): Promise<Session> {
    return this.#calls.run('fork', async () => {
      const session = await this.#try((each) => each.fork());
      const { model } = this.running;
      return this.owner.adopt(new RecoveringSession(this.owner, { session, model }, this.#logs));
    });
  }

  dispose(): Promise<void> {
    return this.#calls.dispose(async () => {
      this.owner.forget(this);
      await this.running.session.dispose();
    });
  }

  /** Makes a call, again and again while devices are lost. */
  async #try<T>(call: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (;;) {
      const { model } = this.owner;
      try {
        if (this.running.model !== model) await this.#readAgain(model, signal);
        return await call(this.running.session);
      } catch (error) {
        await this.owner.recover(model, error);
      }
    }
  }

  async #readAgain(model: LanguageModel, signal: AbortSignal | undefined): Promise<void> {
    const texts = this.#logs.map(readLog);
    const session = await model.createSession({ rows: Math.max(1, texts.length) });
    try {
      if (texts.length === 0) await session.select([]);
      if (texts.some(({ length }) => length > 0)) await session.forward(texts, { logits: 'none', signal });
    } catch (error) {
      await session.dispose();
      throw error;
    }
    this.running = { session, model };
  }
}
