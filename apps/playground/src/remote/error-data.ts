import { NextTokenError, type NextTokenErrorCode } from '@nexttoken/model';
import type { ErrorData } from './messages';

/** Details that cannot be cloned are left out. */
function plain(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(details)) as Record<string, unknown>;
}

export function toErrorData(error: unknown): ErrorData {
  if (NextTokenError.isInstance(error))
    return {
      name: error.name,
      message: error.message,
      code: error.code,
      details: plain(error.details),
    };
  if (error instanceof Error || error instanceof DOMException)
    return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}

/** The error as the worker threw it: code and details are kept. */
export function fromErrorData({ name, message, code, details }: ErrorData): Error {
  if (code !== undefined) return new NextTokenError(code as NextTokenErrorCode, message, details);
  if (name === 'AbortError') return new DOMException(message, name);
  const error = new Error(message);
  error.name = name;
  return error;
}
