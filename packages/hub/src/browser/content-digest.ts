import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { ChecksumKind } from '../platform/repository-store';

const chunkLength = 1 << 20;
/** Between two looks at whether somebody wants to stop. */
const chunksBetween = 32;

/**
 * The digest of a content as the hub counts it: SHA-256, or git's SHA-1 over `blob SIZE\0` and content. (The platform's
 * own digest takes whole contents only.)
 * @param read the bytes `[at, at + length)`
 * @param stopped asked every 32 MiB; true ends with an AbortError
 */
export async function contentDigest(
  kind: ChecksumKind,
  size: number,
  read: (at: number, length: number) => Uint8Array | Promise<Uint8Array>,
  stopped: () => boolean = () => false,
): Promise<string> {
  const hash = (kind === 'sha256' ? sha256 : sha1).create();
  if (kind === 'git-blob') hash.update(new TextEncoder().encode(`blob ${size}\0`));
  for (let at = 0, count = 1; at < size; at += chunkLength, count++) {
    hash.update(await read(at, Math.min(chunkLength, size - at)));
    if (count % chunksBetween !== 0) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (stopped()) throw new DOMException('the digest is not wanted any more', 'AbortError');
  }
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
