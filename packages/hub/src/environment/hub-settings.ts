import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
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
  /** Default `HF_ENDPOINT`, else `https://huggingface.co`. */
  readonly endpoint?: string;
  /** Default `HF_HUB_CACHE`, else `HF_HOME/hub`, else `huggingface/hub` in the user's cache folder. */
  readonly cacheFolder?: string;
  /** Default `HF_TOKEN`, else what `hf auth login` left in `HF_HOME/token`; an empty text means none. */
  readonly token?: string;
  /** Asks no server at all; default `HF_HUB_OFFLINE`. */
  readonly offline?: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings of Hugging Face's own tools, from the same variables and files.
 * @throws NextTokenError `invalid-parameter` for an endpoint that is no http(s) URL
 */
export async function hubSettings(
  options: HubSettingsOptions = {},
  env: Environment = process.env,
): Promise<HubSettings> {
  const home = env.HF_HOME || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'huggingface');
  const endpoint = (options.endpoint ?? (env.HF_ENDPOINT || 'https://huggingface.co')).replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]/.test(endpoint) || !URL.canParse(endpoint)) {
    throw invalidParameter('hub', 'endpoint', endpoint, 'an http(s) URL');
  }
  const token =
    options.token ?? (env.HF_TOKEN || (await storedToken(env.HF_TOKEN_PATH || join(home, 'token'))));
  return {
    endpoint,
    cacheFolder: options.cacheFolder ?? (env.HF_HUB_CACHE || env.HUGGINGFACE_HUB_CACHE || join(home, 'hub')),
    offline: options.offline ?? /^(1|on|yes|true)$/i.test(env.HF_HUB_OFFLINE ?? ''),
    ...(token && { token }),
  };
}

/** A token on disk is optional: without a readable file there is none. */
async function storedToken(path: string): Promise<string> {
  return readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
}
