import type { HubOptions } from '@nexttoken/load';

const key = 'nexttoken.endpoint';

/** Which server models come from. The endpoint is remembered; a token lives as long as the page. */
export class HubServer {
  token = '';

  /** Empty: the public hub. */
  get endpoint(): string {
    return localStorage.getItem(key) ?? '';
  }

  set endpoint(value: string) {
    if (value === '') localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  }

  options(): HubOptions {
    const { endpoint, token } = this;
    return { ...(endpoint && { endpoint }), ...(token && { token }) };
  }
}
