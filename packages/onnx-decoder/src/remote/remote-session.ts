import type {
  Capabilities,
  ForwardOptions,
  ForwardResult,
  Logits,
  LogitsRequest,
  RowTokens,
  Session,
} from '@nexttoken/model';
import { checkForwardOptions, checkForwardRows, SessionCalls } from '@nexttoken/model/session-calls';
import type { SessionState } from './protocol';
import type { RemoteCaller } from './remote-caller';

export interface RemoteLimits extends Capabilities {
  readonly vocabSize: number;
}

/** A session whose cache lives in a worker; ids go there, logits come back and their buffers return. */
export class RemoteSession implements Session {
  #state: SessionState;
  readonly #calls = new SessionCalls();
  /** Logits handed out by the last `forward`: valid until the next call, then sent back for reuse. */
  #lent: readonly (Logits | null)[] = [];

  constructor(
    readonly caller: RemoteCaller,
    state: SessionState,
    readonly limits: RemoteLimits,
    readonly onFork: (state: SessionState) => Session,
    readonly onDispose: (session: RemoteSession) => void,
  ) {
    this.#state = state;
  }

  get rowCount(): number {
    return this.#state.lengths.length;
  }

  get lengths(): readonly number[] {
    return this.#state.lengths;
  }

  forward<Request extends LogitsRequest = 'last'>(
    rows: readonly RowTokens[],
    options: ForwardOptions<Request> = {},
  ): Promise<ForwardResult<Request>> {
    return this.#calls.run('forward', async () => {
      checkForwardOptions(options, this.limits);
      const tokens = checkForwardRows(rows, this.lengths, this.limits);
      const { signal, onProgress } = options;
      signal?.throwIfAborted();
      const recycle = this.#takeBack();
      const { session } = this.#state;
      const request: LogitsRequest = options.logits ?? 'last';
      const wanted = {
        logits: request,
        hiddenStates: options.capture?.hiddenStates ?? false,
        attention: options.capture?.attention ?? false,
        top: options.top,
      };
      const { logits, hiddenStates, attention, top, ...state } = await this.caller.call(
        'forward',
        { session, rows: tokens, ...wanted, recycle },
        { signal, onProgress, transfer: recycle },
      );
      this.#state = state;
      this.#lent = logits;
      const total = tokens.reduce((sum, row) => sum + row.length, 0);
      if (total > 0) onProgress?.({ done: total, total });
      return {
        logits,
        ...(hiddenStates && { hiddenStates }),
        ...(attention && { attention }),
        ...(top && { top }),
      } as unknown as ForwardResult<Request>;
    });
  }

  select(parents: readonly number[]): Promise<void> {
    return this.#calls.run('select', async () => {
      this.#state = await this.caller.call('select', { session: this.#state.session, parents });
    });
  }

  truncate(lengths: readonly number[]): Promise<void> {
    return this.#calls.run('truncate', async () => {
      this.#state = await this.caller.call('truncate', { session: this.#state.session, lengths });
    });
  }

  fork(): Promise<Session> {
    return this.#calls.run('fork', async () =>
      this.onFork(await this.caller.call('fork', { session: this.#state.session })),
    );
  }

  dispose(): Promise<void> {
    return this.#calls.dispose(async () => {
      this.#lent = [];
      this.onDispose(this);
      // A worker that has died has freed everything already.
      await this.caller.call('disposeSession', { session: this.#state.session }).catch(() => {});
    });
  }

  #takeBack(): ArrayBuffer[] {
    const buffers = this.#lent.flatMap((entry) =>
      entry?.data.byteLength ? [entry.data.buffer as ArrayBuffer] : [],
    );
    this.#lent = [];
    return buffers;
  }
}
