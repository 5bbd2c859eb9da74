import { NextTokenError } from '@nexttoken/model';

interface Told {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly param?: unknown;
}

/** What a server says of its error, in any of the usual forms. */
function readTold(text: string): Told {
  try {
    const { error, ...body } = JSON.parse(text) as { error?: unknown } & Told & { detail?: unknown };
    if (typeof error === 'string') return { message: error };
    if (typeof error === 'object' && error !== null) return error as Told;
    return { ...body, message: body.message ?? body.detail };
  } catch {
    return { message: text };
  }
}

/**
 * The error of an answer: `access-denied` for 401 and 403, `context-overflow` where the server says so, else
 * `request-failed`, with what the server said.
 * @param text the body, without secrets
 */
export function errorOfAnswer(url: string, status: number, text: string): NextTokenError {
  const { message, code, param } = readTold(text);
  const said = typeof message === 'string' ? message : JSON.stringify(message ?? '');
  const reason = said.slice(0, 500);
  const details = {
    url,
    status,
    reason,
    ...(typeof code === 'string' && { serverCode: code }),
    ...(typeof param === 'string' && { param }),
  };
  const name =
    status === 401 || status === 403
      ? 'access-denied'
      : isOverflow(code, reason)
        ? 'context-overflow'
        : 'request-failed';
  return new NextTokenError(name, `${url}: ${status}${reason ? `: ${reason}` : ''}`, details);
}

const isOverflow = (code: unknown, reason: string): boolean =>
  code === 'context_length_exceeded' ||
  /maximum context length|exceeds? the (available )?context|context (size|length) exceeded|exceed context window/i.test(
    reason,
  );
