import { NextTokenError, type NextTokenErrorCode } from '@nexttoken/model';

/** An error as plain data, to cross a thread border without losing its code. */
export interface WireError {
  readonly code: NextTokenErrorCode | 'aborted';
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export function toWireError(error: unknown): WireError {
  if (NextTokenError.isInstance(error))
    return { code: error.code, message: error.message, details: error.details };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'AbortError') return { code: 'aborted', message, details: {} };
  return { code: 'backend-failed', message: `the runtime failed: ${message}`, details: {} };
}

/** The error on the other side; an abort becomes the reason of the caller's own signal. */
export function fromWireError({ code, message, details }: WireError, signal?: AbortSignal): unknown {
  if (code === 'aborted') return signal?.reason ?? new DOMException(message, 'AbortError');
  return new NextTokenError(code, message, details);
}
