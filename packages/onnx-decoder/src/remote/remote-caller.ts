import { type ForwardProgress, NextTokenError } from '@nexttoken/model';
import type { Endpoint } from './endpoint';
import type { Calls, FromWorker, HeldMemory, ToWorker } from './protocol';
import { fromWireError } from './wire-error';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ForwardProgress) => void) | undefined;
  readonly transfer?: readonly ArrayBuffer[] | undefined;
}

interface Pending {
  resolve(output: unknown): void;
  reject(error: unknown): void;
  readonly options: CallOptions;
}

/** The caller's side of the channel: matches answers to calls. */
export class RemoteCaller {
  readonly #pending = new Map<number, Pending>();
  #next = 0;
  #memory: HeldMemory = {};
  #failure: unknown;

  /** @param onBusy told whenever calls become pending or none is left: the adapter keeps its thread alive by it */
  constructor(
    readonly endpoint: Endpoint,
    readonly onBusy: (busy: boolean) => void = () => {},
  ) {
    endpoint.listen((message) => this.#receive(message as FromWorker));
  }

  /** What the model held after the last answer. */
  get memory(): HeldMemory {
    return this.#memory;
  }

  call<Method extends keyof Calls>(
    method: Method,
    input: Calls[Method]['input'],
    options: CallOptions = {},
  ): Promise<Calls[Method]['output']> {
    if (this.#failure) return Promise.reject(this.#failure);
    const call = this.#next++;
    const { signal, transfer } = options;
    return new Promise<Calls[Method]['output']>((resolve, reject) => {
      const abort = () => this.endpoint.post({ abort: call } satisfies ToWorker);
      const settle = () => {
        signal?.removeEventListener('abort', abort);
        this.#pending.delete(call);
        if (this.#pending.size === 0) this.onBusy(false);
      };
      this.#pending.set(call, {
        options,
        resolve: (output) => {
          settle();
          resolve(output as Calls[Method]['output']);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      if (this.#pending.size === 1) this.onBusy(true);
      this.endpoint.post({ call, method, input }, transfer);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** The worker died: every call, present and future, fails with a typed error. */
  fail(cause: unknown): void {
    const message = cause instanceof Error ? cause.message : String(cause);
    this.#end(new NextTokenError('backend-failed', `the worker ended: ${message}`, {}, { cause }));
  }

  #end(failure: unknown): void {
    this.#failure ??= failure;
    for (const { reject } of [...this.#pending.values()]) reject(this.#failure);
  }

  #receive(message: FromWorker): void {
    if ('lost' in message) {
      this.#end(fromWireError(message.lost));
      return;
    }
    const pending = this.#pending.get(message.call);
    if (!pending) return;
    if ('progress' in message) pending.options.onProgress?.(message.progress);
    else if ('error' in message) pending.reject(fromWireError(message.error, pending.options.signal));
    else {
      if (message.memory) this.#memory = message.memory;
      pending.resolve(message.output);
    }
  }
}
