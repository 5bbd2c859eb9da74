import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** What a file in the cache folder is; files with other names are none of ours and never touched. */
export interface CacheName {
  readonly kind: 'weights' | 'temporary' | 'use-mark';
  readonly key: string;
  /** The process that made it; absent for finished weights. */
  readonly owner?: { readonly host: string; readonly pid: number };
}

const pattern = /^([0-9a-f]{32})\.weights(?:\.(tmp|use)-([0-9a-f]{8})-(\d+)-[0-9a-f]{12})?$/;

/** A short name of this machine: process ids mean nothing on another one. */
export const hostTag: string = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** The key of cached weights: everything that decides their bytes. */
export function weightsKey(
  fingerprint: string,
  exportVersion: string,
  { dtype, precision, offsets }: Readonly<Record<'dtype' | 'precision' | 'offsets', string>>,
): string {
  return createHash('sha256')
    .update(JSON.stringify([fingerprint, exportVersion, dtype, precision, offsets]))
    .digest('hex')
    .slice(0, 32);
}

export function weightsFileName(key: string): string {
  return `${key}.weights`;
}

/** A name that no other process, thread or call uses. */
export function ownedFileName(key: string, kind: 'temporary' | 'use-mark'): string {
  const unique = `${hostTag}-${process.pid}-${randomBytes(6).toString('hex')}`;
  return `${weightsFileName(key)}.${kind === 'temporary' ? 'tmp' : 'use'}-${unique}`;
}

export function parseCacheName(name: string): CacheName | undefined {
  const match = pattern.exec(name);
  if (!match) return undefined;
  const [, key = '', kind, host = '', pid = ''] = match;
  if (kind === undefined) return { kind: 'weights', key };
  return { kind: kind === 'tmp' ? 'temporary' : 'use-mark', key, owner: { host, pid: Number(pid) } };
}
