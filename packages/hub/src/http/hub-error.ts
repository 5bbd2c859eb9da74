import { NextTokenError } from '@nexttoken/model';

/** A URL for errors: no query, which may carry a signature, and no credentials. */
export function shownUrl(url: string | URL): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** The error for an answer that is none of the wanted ones. */
export function answerError(url: string | URL, response: Response): NextTokenError {
  const { status, headers } = response;
  const shown = shownUrl(url);
  const code = headers.get('x-error-code');
  const details = { url: shown, status, ...(code !== null && { reason: code }) };
  if (code === 'GatedRepo') {
    const message = `${shown}: access is granted on request; ask for it on the model's page and set HF_TOKEN`;
    return new NextTokenError('access-denied', message, details);
  }
  if (status === 401 || status === 403) {
    const message = `${shown}: the hub answered ${status}; the model is private or does not exist, or HF_TOKEN is missing or has no right to it`;
    return new NextTokenError('access-denied', message, details);
  }
  if (status === 404) {
    return new NextTokenError('model-not-found', `${shown}: the hub knows no such model, revision or file`, {
      ...details,
      name: shown,
    });
  }
  return new NextTokenError('request-failed', `${shown}: the server answered ${status}`, details);
}

/** The error for a server that gave no answer. */
export function unreachable(url: string | URL, what: string, cause?: unknown): NextTokenError {
  const shown = shownUrl(url);
  return new NextTokenError(
    'request-failed',
    `${shown}: ${what}`,
    { url: shown },
    cause === undefined ? undefined : { cause },
  );
}
