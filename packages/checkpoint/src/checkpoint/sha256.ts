import { sha256Portable } from './sha256-portable';

/**
 * SHA-256 (FIPS 180-4): the platform's own where there is one, else computed here. Browsers offer theirs
 * only to secure contexts, and a page served over plain http on a local network is none.
 */
export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return sha256Portable(bytes);
  return new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}
