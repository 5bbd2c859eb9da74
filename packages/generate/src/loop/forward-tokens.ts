import type { ForwardOptions, ForwardResult, LogitsRequest, RowTokens, Session } from '@nexttoken/model';

/** Whether `error` says no more than that `signal` was aborted (a worker may hand over a copy of the reason). */
export function isAbort(error: unknown, signal: AbortSignal | undefined): boolean {
  if (!signal?.aborted) return false;
  if (error === signal.reason) return true;
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/**
 * `session.forward`, with an abort as a value.
 * @returns the answer (its buffers are the backend's); `undefined` when the signal stopped the call, which leaves
 *   the session as it was
 */
export async function forwardTokens<Request extends LogitsRequest>(
  session: Session,
  rows: readonly RowTokens[],
  options: ForwardOptions<Request>,
): Promise<ForwardResult<Request> | undefined> {
  try {
    return await session.forward(rows, options);
  } catch (error) {
    if (isAbort(error, options.signal)) return undefined;
    throw error;
  }
}
