import { unreachable } from '../http/hub-error';
import { unlessAborted } from '../http/unless-aborted';
import type { RequestSender } from '../platform/request-sender';

/**
 * A page cannot see redirects: the browser follows them and drops the token when one leads to another origin (Fetch
 * standard, HTTP-redirect fetch, step 13; Chrome 119, Firefox 111, Safari 16.1). No cookies and no referrer are sent,
 * and the browser's own cache keeps no second copy.
 */
export const fetchRequest: RequestSender = async (url, headers, { endpoint, token }, signal) => {
  const isHome = token !== undefined && url.origin === new URL(endpoint).origin;
  try {
    const request = fetch(url, {
      headers: { ...headers, ...(isHome && { authorization: `Bearer ${token}` }) },
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: signal ?? null,
    });
    return await unlessAborted(request, signal);
  } catch (cause) {
    const what = navigator.onLine
      ? 'the server cannot be reached, or does not answer other origins (CORS)'
      : 'this device is offline';
    throw unreachable(url, what, cause);
  }
};
