import type {
  ForwardOptions,
  ForwardResult,
  Logits,
  LogitsRequest,
  RowTokens,
  Session,
} from '@nexttoken/model';
import { checkForward, checkOptions } from '../decoder/check-forward';
import { Exclusive } from '../decoder/exclusive';
import type { SessionState } from './protocol';
import type { RemoteCaller } from './remote-caller';

export interface RemoteLimits {
  readonly vocabSize: number;
  readonly contextLength: number;
  readonly hiddenStates: boolean;
  readonly attention: boolean;
  readonly topLogits?: number;
}

/** A session whose cache lives in a worker; ids go there, logits come back and their buffers return. */
export class RemoteSession implements Session {
  #state: SessionState;
  readonly #exclusive = new Exclusive();
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
    return this.#exclusive.run('forward', async () => {
      checkOptions(options, this.limits);
      const tokens = checkForward(rows, this.lengths, this.limits);
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
    return this.#exclusive.run('select', async () => {
      this.#state = await this.caller.call('select', { session: this.#state.session, parents });
    });
  }

  truncate(lengths: readonly number[]): Promise<void> {
    return this.#exclusive.run('truncate', async () => {
      this.#state = await this.caller.call('truncate', { session: this.#state.session, lengths });
    });
  }

  fork(): Promise<Session> {
    return this.#exclusive.run('fork', async () =>
      this.onFork(await this.caller.call('fork', { session: this.#state.session })),
    );
  }

  dispose(): Promise<void> {
    return this.#exclusive.dispose(async () => {
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
