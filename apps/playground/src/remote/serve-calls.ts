import { toErrorData } from './error-data';
import type { CallMessage, EventOf, Methods, ReplyMessage } from './messages';

/** What a handler may use beside its request. */
export interface CallContext<Event> {
  readonly signal: AbortSignal;
  emit(event: Event): void;
}

export type Handlers<Api extends Methods<Api>> = {
  readonly [Name in keyof Api]: (
    request: Api[Name]['request'],
    context: CallContext<EventOf<Api[Name]>>,
  ) => Promise<Api[Name]['result']> | Api[Name]['result'];
};

interface Port {
  postMessage(message: ReplyMessage): void;
  addEventListener(type: 'message', listener: (event: { readonly data: CallMessage }) => void): void;
}

/** Answers calls: several may run at a time, each can be cancelled, each may tell how far it is. */
export function serveCalls<Api extends Methods<Api>>(port: Port, handlers: Handlers<Api>): void {
  const running = new Map<number, AbortController>();

  async function answer(message: CallMessage & { type: 'call' }): Promise<void> {
    const { call, method, request } = message;
    const stop = new AbortController();
    running.set(call, stop);
    try {
      const handler = handlers[method as keyof Api];
      const value = await handler(request as never, {
        signal: stop.signal,
        emit: (event) => port.postMessage({ type: 'event', call, event }),
      });
      port.postMessage({ type: 'result', call, value });
    } catch (error) {
      port.postMessage({ type: 'error', call, error: toErrorData(error) });
    } finally {
      running.delete(call);
    }
  }

  port.addEventListener('message', ({ data }) => {
    if (data.type === 'cancel') running.get(data.call)?.abort();
    else void answer(data);
  });
}
