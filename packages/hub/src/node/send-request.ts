import { unreachable } from '../http/hub-error';
import { unlessAborted } from '../http/unless-aborted';
import type { RequestSender } from '../platform/request-sender';

const maximumRedirects = 8;

/** Follows redirects by hand, so that the token is sent to the endpoint's own host and nowhere else. */
export const sendRequest: RequestSender = async (start, headers, { endpoint, token }, signal) => {
  const home = new URL(endpoint).host;
  let url = start;
  for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
    const isHome = token !== undefined && url.host === home;
    const own = {
      'user-agent': 'nexttoken',
      'accept-encoding': 'identity',
      ...headers,
      ...(isHome && { authorization: `Bearer ${token}` }),
    };
    let response: Response;
    try {
      response = await unlessAborted(
        fetch(url, { headers: own, redirect: 'manual', signal: signal ?? null }),
        signal,
      );
    } catch (cause) {
      throw unreachable(url, 'the server cannot be reached', cause);
    }
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    void response.body?.cancel().catch(() => undefined);
    if (!URL.canParse(location, url)) throw unreachable(url, 'the server redirects to what is no URL');
    const next = new URL(location, url);
    if (next.protocol !== 'https:' && next.protocol !== url.protocol) {
      throw unreachable(url, `the server redirects to ${next.protocol}`);
    }
    url = next;
  }
  throw unreachable(start, `more than ${maximumRedirects} redirects`);
};
