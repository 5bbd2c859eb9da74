import { invalidParameter } from '@nexttoken/model';

/** Where the hub is, where its files are kept, and as whom it is asked. */
export interface HubSettings {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly cacheFolder: string;
  readonly token?: string;
  readonly offline: boolean;
}

export interface HubSettingsOptions {
  /** Default in Node `HF_ENDPOINT`, else and in browsers `https://huggingface.co`. */
  readonly endpoint?: string;
  /**
   * Node: default `HF_HUB_CACHE`, else `HF_HOME/hub`, else `huggingface/hub` in the user's cache folder.
   * Browser: the name of a folder in the origin private file system, default `nexttoken-hub`.
   */
  readonly cacheFolder?: string;
  /** Default in Node `HF_TOKEN`, else what `hf auth login` left in `HF_HOME/token`; an empty text means none. */
  readonly token?: string;
  /** Asks no server at all; default in Node `HF_HUB_OFFLINE`, in browsers false. */
  readonly offline?: boolean;
}

export const publicHub = 'https://huggingface.co';

/**
 * The endpoint without a slash at its end.
 * @throws NextTokenError `invalid-parameter` for what is no http(s) URL
 */
export function checkEndpoint(text: string): string {
  const endpoint = text.replace(/\/+$/, '');
  if (/^https?:\/\/[^/]/.test(endpoint) && URL.canParse(endpoint)) return endpoint;
  throw invalidParameter('hub', 'endpoint', endpoint, 'an http(s) URL');
}
