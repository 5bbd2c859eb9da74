/** An abort of our own that also follows a parent's. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
  /** Ends following; call it when the work is over. */
  unlink(): void;
}

/**
 * Follows `parent` by a listener, so that the link lives as long as the work does: in Node 20 a signal made by
 * `AbortSignal.any` or `AbortSignal.timeout` may be collected while a request still waits for it.
 */
export function linkedAbort(parent?: AbortSignal): LinkedAbort {
  const controller = new AbortController();
  const follow = () => controller.abort(parent?.reason);
  if (parent?.aborted) follow();
  else parent?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    unlink: () => parent?.removeEventListener('abort', follow),
  };
}
