import type { NextTokenErrorCode } from './error-code';

const brand = Symbol.for('nexttoken.error');

/** What every error carries besides its message: plain data, safe to print as JSON. */
export type NextTokenErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error class of the project. `message` says what happened and where, for people;
 * `code` is stable, for programs; `details` names files, tensors, options and values.
 *
 * Recognise it with {@link NextTokenError.isInstance}, which also works when two copies of this
 * package are installed (a registered symbol, not `instanceof`).
 */
export class NextTokenError extends Error {
  override readonly name = 'NextTokenError';
  readonly code: NextTokenErrorCode;
  readonly details: NextTokenErrorDetails;

  constructor(
    code: NextTokenErrorCode,
    message: string,
    details: NextTokenErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }

  static isInstance(error: unknown): error is NextTokenError {
    return error instanceof Error && brand in error;
  }

  /** `{ code, message, ...details }`: what the command line prints as `error`. */
  toJSON(): { code: NextTokenErrorCode; message: string } & Record<string, unknown> {
    return { ...this.details, code: this.code, message: this.message };
  }
}
