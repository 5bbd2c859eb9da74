import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  checkEndpoint,
  type HubSettings,
  type HubSettingsOptions,
  publicHub,
} from '../platform/hub-settings';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings of Hugging Face's own tools, from the same variables and files.
 * @throws NextTokenError `invalid-parameter` for an endpoint that is no http(s) URL
 */
export async function nodeSettings(
  options: HubSettingsOptions = {},
  env: Environment = process.env,
): Promise<HubSettings> {
  const home = env.HF_HOME || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'huggingface');
  const endpoint = checkEndpoint(options.endpoint ?? (env.HF_ENDPOINT || publicHub));
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
