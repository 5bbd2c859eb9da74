/** The model that runs when the address asks for none. */
export const defaultModel = 'tales';

/** The model of counts that comes with the page. */
export const ngramName = 'n-gram';

/** The model that the address asks for (`#model=tales-chat`). */
export function modelName(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('model') ?? defaultModel;
}

/** Whether a name can only be a hub id, `organisation/name`: no path and no URL. */
export function isHubName(name: string): boolean {
  return /^[^/.:][^/:]*\/[^/:]+$/.test(name);
}
