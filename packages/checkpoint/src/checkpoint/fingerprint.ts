import { baseName } from '../source/base-name';
import type { ByteSource } from '../source/byte-source';
import { joinBytes } from '../source/join-bytes';
import { sha256 } from './sha256';

const chunkBytes = 4 * 1024 * 1024;

/**
 * A fingerprint of everything a checkpoint is made of, as 64 hexadecimal digits.
 *
 * A tree of SHA-256, because the platforms' own digest (fast, the same in Node and in browsers) takes whole
 * buffers only: `sha256(text ‖ per source: sha256(size ‖ sha256(chunk 0) ‖ sha256(chunk 1) …))` with chunks
 * of 4 MiB. Every byte counts, names and dates do not; two chunks are in memory at a time.
 * @param sources the files; taken in the order of their base names
 * @param text what belongs to the content besides the files
 */
export async function fingerprintOf(
  sources: readonly ByteSource[],
  text: string,
  signal?: AbortSignal,
): Promise<string> {
  const ordered = [...sources].sort((a, b) => (baseName(a.name) < baseName(b.name) ? -1 : 1));
  const parts = [await sha256(new TextEncoder().encode(`nexttoken checkpoint 1\n${text}`))];
  for (const source of ordered) parts.push(await sourceDigest(source, signal));
  return Array.from(await sha256(joinBytes(parts)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function sourceDigest(source: ByteSource, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const parts: Uint8Array[] = [new TextEncoder().encode(`${source.size}\n`)];
  const chunkAt = (offset: number) => source.read(offset, Math.min(chunkBytes, source.size - offset));
  let chunk = await chunkAt(0);
  for (let next = chunkBytes; chunk.length > 0; next += chunkBytes) {
    signal?.throwIfAborted();
    const following = chunkAt(Math.min(next, source.size));
    const [digest, bytes] = await Promise.all([sha256(chunk), following]);
    parts.push(digest);
    chunk = bytes;
  }
  return sha256(joinBytes(parts));
}
