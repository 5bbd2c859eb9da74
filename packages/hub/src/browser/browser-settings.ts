import { invalidParameter } from '@nexttoken/model';
import {
  checkEndpoint,
  type HubSettings,
  type HubSettingsOptions,
  publicHub,
} from '../platform/hub-settings';

/**
 * A page has no environment: everything is an option or a default.
 * @throws NextTokenError `invalid-parameter` for an endpoint that is no http(s) URL, a folder that is no plain name
 */
export async function browserSettings(options: HubSettingsOptions): Promise<HubSettings> {
  const { cacheFolder = 'nexttoken-hub', token, offline = false } = options;
  if (!/^\w[\w.-]*$/.test(cacheFolder))
    throw invalidParameter('hub', 'cacheFolder', cacheFolder, 'a plain folder name');
  const endpoint = checkEndpoint(options.endpoint ?? publicHub);
  return { endpoint, cacheFolder, offline, ...(token && { token }) };
}
