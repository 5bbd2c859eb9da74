import { NextTokenError } from '@nexttoken/model';

/** How browsers (and Node) say that nothing answered, or that a page may not read the answer. */
const unreached = /failed to fetch|networkerror|load failed|no answer within|fetch failed|^E[A-Z]+$/i;

/**
 * What went wrong with a server, in words for a visitor.
 * @param error what asking threw; `undefined`: it answers, and names no candidates
 */
export function inPlainWords(
  error: unknown,
  { baseURL, model }: { readonly baseURL: string; readonly model: string },
): unknown {
  if (error === undefined)
    return new NextTokenError(
      'unsupported-capability',
      `${baseURL} answers, but tells no candidates with their log-probabilities: there would be nothing to choose from here`,
      { capability: 'logprobs', url: baseURL },
    );
  if (!NextTokenError.isInstance(error)) return error;
  const { code, details } = error;
  const again = (message: string) => new NextTokenError(code, message, details, { cause: error });
  if (code === 'access-denied')
    return again(`${baseURL} refuses the key (status ${details.status}): ${details.reason}`);
  if (code === 'model-not-found') {
    const known = Array.isArray(details.known) ? details.known : [];
    const others = known.length > 0 ? `it has ${known.join(', ')}` : 'it names none';
    return again(`${baseURL} has no model ${JSON.stringify(model)}; ${others}`);
  }
  if (code === 'request-failed' && details.status === 404)
    return again(`${baseURL} answers, but not like OpenAI’s servers: most addresses end in /v1`);
  if (code === 'request-failed' && details.status === undefined && !unreached.test(String(details.reason)))
    return again(`${baseURL} answers, but not as servers of its kind do: ${details.reason}`);
  if (code === 'request-failed' && details.status === undefined)
    return again(
      `${baseURL} does not answer this page: is the address right, does the server run, and does it let ${origin()} ask? ` +
        `(CORS; nexttoken serve --cors-origin ${origin()})`,
    );
  return error;
}

const origin = (): string => globalThis.location?.origin ?? 'this page';
