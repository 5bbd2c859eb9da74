import type { ForwardProgress, Logits, RowTokens, Session } from '@nexttoken/model';

/** Whether `error` says no more than that `signal` was aborted (a worker may hand over a copy of the reason). */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted) return false;
  if (error === signal.reason) return true;
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/**
 * Appends tokens to the session's one row.
 * @returns the logits behind the last token (the backend's buffer, see {@link Logits}); `undefined` when
 *   the signal stopped the call, which leaves the session as it was
 */
export async function forwardTokens(
  session: Session,
  tokens: RowTokens,
  signal: AbortSignal | undefined,
  onProgress?: (progress: ForwardProgress) => void,
): Promise<Logits | undefined> {
  try {
    const { logits } = await session.forward([tokens], { logits: 'last', signal, onProgress });
    return logits[0]!;
  } catch (error) {
    if (signal && isAbort(error, signal)) return undefined;
    throw error;
  }
}
