import { mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rejection } from '../testing/rejection';
import { temporaryFolders } from '../testing/temporary-folder';
import { acquireWeights } from './acquire-weights';
import { hostTag, weightsKey } from './cache-names';
import type { WeightsRequest, WriteOptions } from './weights-request';

const newFolder = temporaryFolders();
const key = weightsKey('fingerprint', '1', { dtype: 'fp32', precision: 'exact', offsets: 'product' });
const roomy = 2 ** 20;

/** Weights of 100 times the same byte, written in chunks of ten. */
function request(
  options: Partial<WeightsRequest> & { byte?: number } = {},
): WeightsRequest & { writes: () => number } {
  const { byte = 7 } = options;
  let writes = 0;
  return {
    key,
    byteLength: 100,
    write: async (sink, { onProgress }: WriteOptions) => {
      writes++;
      for (let offset = 0; offset < 100; offset += 10) {
        await sink(new Uint8Array(10).fill(byte), offset);
        onProgress?.({ done: offset + 10, total: 100 });
      }
    },
    ...options,
    writes: () => writes,
  };
}

describe('acquireWeights', () => {
  it('writes what is not there and reports progress', async () => {
    const folder = await newFolder();
    const seen: number[] = [];
    const weights = await acquireWeights(
      folder,
      roomy,
      request({ onProgress: ({ done }) => seen.push(done) }),
    );
    expect(weights.reused).toBe(false);
    expect(await readFile(weights.path)).toEqual(Buffer.alloc(100, 7));
    expect(seen).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    await weights.release();
    expect(await readdir(folder)).toEqual([`${key}.weights`]);
  });

  it('reuses what is there and notes the use', async () => {
    const folder = await newFolder();
    const first = await acquireWeights(folder, roomy, request());
    await first.release();
    await utimes(first.path, new Date(1000), new Date(1000));
    const again = request();
    const second = await acquireWeights(folder, roomy, again);
    expect([second.reused, again.writes()]).toEqual([true, 0]);
    expect((await stat(second.path)).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
    await second.release();
    await second.release();
  });

  it('rebuilds a truncated file', async () => {
    const folder = await newFolder();
    const first = await acquireWeights(folder, roomy, request());
    await first.release();
    await truncate(first.path, 60);
    const second = await acquireWeights(folder, roomy, request());
    expect(second.reused).toBe(false);
    expect(await readFile(second.path)).toEqual(Buffer.alloc(100, 7));
    await second.release();
  });

  it('leaves nothing behind when aborted in the middle', async () => {
    const folder = await newFolder();
    const controller = new AbortController();
    const aborted = acquireWeights(
      folder,
      roomy,
      request({ signal: controller.signal, onProgress: ({ done }) => done === 50 && controller.abort() }),
    );
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves nothing behind when the source fails, and passes its error on', async () => {
    const folder = await newFolder();
    const cause = new Error('broken source');
    const failing = request({
      write: async (sink) => {
        await sink(new Uint8Array(10), 0);
        throw cause;
      },
    });
    await expect(acquireWeights(folder, roomy, failing)).rejects.toBe(cause);
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses weights that came out too short', async () => {
    const folder = await newFolder();
    const short = request({ write: (sink) => sink(new Uint8Array(10), 0) });
    const error = await rejection(acquireWeights(folder, roomy, short));
    expect(error).toMatchObject({ code: 'cache-failed', details: { needed: 100 } });
    expect(await readdir(folder)).toEqual([]);
  });

  it('removes what dead processes left, and nothing of living ones', async () => {
    const folder = await newFolder();
    const name = (kind: string, host: string, pid: number): string =>
      `${key}.weights.${kind}-${host}-${pid}-0123456789ab`;
    const dead = [name('tmp', hostTag, 2 ** 22 + 1), name('use', hostTag, 2 ** 22 + 1)];
    const old = name('tmp', '00000000', 4);
    const kept = [name('tmp', hostTag, process.ppid), name('tmp', '00000000', 5), 'notes.txt'];
    for (const file of [...dead, old, ...kept]) await writeFile(join(folder, file), 'x');
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(join(folder, old), yesterday, yesterday);
    await (await acquireWeights(folder, roomy, request())).release();
    expect((await readdir(folder)).sort()).toEqual([...kept, `${key}.weights`].sort());
  });

  it('ends with one good file when several write at once', async () => {
    const folder = await newFolder();
    const all = await Promise.all(Array.from({ length: 4 }, () => acquireWeights(folder, roomy, request())));
    for (const { path } of all) expect(await readFile(path)).toEqual(Buffer.alloc(100, 7));
    for (const weights of all) await weights.release();
    expect(await readdir(folder)).toEqual([`${key}.weights`]);
  });
});

describe('acquireWeights with a limit', () => {
  const other = (name: string): string =>
    weightsKey(name, '1', { dtype: 'fp32', precision: 'exact', offsets: 'product' });
  const add = async (folder: string, name: string, secondsAgo: number): Promise<string> => {
    const file = `${other(name)}.weights`;
    await writeFile(join(folder, file), Buffer.alloc(100));
    const time = new Date(Date.now() - secondsAgo * 1000);
    await utimes(join(folder, file), time, time);
    return file;
  };

  it('evicts the least recently used, before writing', async () => {
    const folder = await newFolder();
    const oldest = await add(folder, 'oldest', 300);
    const newest = await add(folder, 'newest', 100);
    const middle = await add(folder, 'middle', 200);
    let filesDuringWrite: string[] = [];
    const watching = request({
      write: async (sink) => {
        filesDuringWrite = await readdir(folder);
        await sink(new Uint8Array(100), 0);
      },
    });
    await (await acquireWeights(folder, 300, watching)).release();
    expect(filesDuringWrite).not.toContain(oldest);
    expect((await readdir(folder)).sort()).toEqual([newest, middle, `${key}.weights`].sort());
  });

  it('never evicts what is in use', async () => {
    const folder = await newFolder();
    const used = await acquireWeights(folder, 200, request({ key: other('used') }));
    await utimes(used.path, new Date(1000), new Date(1000));
    await add(folder, 'idle', 10);
    await (await acquireWeights(folder, 200, request())).release();
    expect((await readdir(folder)).filter((name) => name.endsWith('.weights')).sort()).toEqual(
      [`${other('used')}.weights`, `${key}.weights`].sort(),
    );
    const error = await rejection(acquireWeights(folder, 150, request({ key: other('third') })));
    expect(error).toMatchObject({
      code: 'cache-failed',
      details: { path: folder, needed: 100, limit: 150, inUse: 100 },
    });
    await used.release();
  });

  it('refuses what can never fit, and removes nothing for it', async () => {
    const folder = await newFolder();
    const idle = await add(folder, 'idle', 10);
    const error = await rejection(acquireWeights(folder, 99, request()));
    expect(error).toMatchObject({ code: 'cache-failed', details: { path: folder, needed: 100, limit: 99 } });
    expect(await readdir(folder)).toEqual([idle]);
  });

  it('names the path when the folder cannot be written', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    const path = join(folder, 'file', 'weights');
    const error = await rejection(acquireWeights(path, roomy, request()));
    expect(error.code).toBe('cache-failed');
    expect(error.details.path).toContain(join(folder, 'file'));
  });

  it('starts again when the folder is removed under way', async () => {
    const folder = join(await newFolder(), 'weights');
    await mkdir(folder);
    let removals = 0;
    const disturbed = request({
      write: async (sink) => {
        await sink(new Uint8Array(100), 0);
        if (removals++ === 0) await rm(folder, { recursive: true });
      },
    });
    const weights = await acquireWeights(folder, roomy, disturbed);
    expect((await stat(weights.path)).size).toBe(100);
    await weights.release();
  });
});
