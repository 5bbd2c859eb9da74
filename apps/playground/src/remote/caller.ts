import { fromErrorData } from './error-data';
import type { CallMessage, EventOf, Methods, ReplyMessage } from './messages';

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  readonly onEvent: ((event: never) => void) | undefined;
}

interface Port {
  postMessage(message: CallMessage): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ReplyMessage }) => void): void;
}

export interface CallOptions<Event> {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: Event) => void) | undefined;
}

/** Calls methods that live behind a port. A cancelled call ends as its handler ends it: what it has is kept. */
export class Caller<Api extends Methods<Api>> {
  readonly #pending = new Map<number, Pending>();
  #count = 0;

  constructor(readonly port: Port) {
    port.addEventListener('message', ({ data }) => this.#take(data));
  }

  call<Name extends keyof Api & string>(
    method: Name,
    request: Api[Name]['request'],
    { signal, onEvent }: CallOptions<EventOf<Api[Name]>> = {},
  ): Promise<Api[Name]['result']> {
    const call = ++this.#count;
    const cancel = () => this.port.postMessage({ type: 'cancel', call });
    return new Promise<Api[Name]['result']>((resolve, reject) => {
      this.#pending.set(call, { resolve, reject, onEvent });
      this.port.postMessage({ type: 'call', call, method, request });
      if (signal?.aborted) cancel();
      signal?.addEventListener('abort', cancel, { once: true });
    }).finally(() => signal?.removeEventListener('abort', cancel));
  }

  /** Ends every call that waits, e.g. when the worker is gone. */
  fail(error: unknown): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #take(reply: ReplyMessage): void {
    const pending = this.#pending.get(reply.call);
    if (!pending) return;
    if (reply.type === 'event') {
      pending.onEvent?.(reply.event as never);
      return;
    }
    this.#pending.delete(reply.call);
    if (reply.type === 'result') pending.resolve(reply.value as never);
    else pending.reject(fromErrorData(reply.error));
  }
}
