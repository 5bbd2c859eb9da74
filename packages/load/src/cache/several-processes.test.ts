import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolders } from '../testing/temporary-folder';
import { acquireWeights } from './acquire-weights';
import { weightsKey } from './cache-names';

const newFolder = temporaryFolders();
const script = fileURLToPath(new URL('../testing/write-weights-slowly.ts', import.meta.url));
const key = weightsKey('several processes', '1', { dtype: 'fp32', precision: 'exact', offsets: 'product' });

/** Starts a process that writes a megabyte in 20 steps; resolves when it has begun. */
function startWriter(folder: string): {
  begun: Promise<void>;
  ended: Promise<number | NodeJS.Signals>;
  kill: () => void;
} {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@nexttoken/source', script, folder, key],
    {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return {
    begun: new Promise((resolve) => child.stdout.once('data', () => resolve())),
    ended: new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal ?? -1))),
    kill: () => child.kill('SIGKILL'),
  };
}

it('two processes at once end with one good file', async () => {
  const folder = await newFolder();
  const writers = [startWriter(folder), startWriter(folder)];
  expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0]);
  expect(await readdir(folder)).toEqual([`${key}.weights`]);
  expect(await readFile(join(folder, `${key}.weights`))).toEqual(Buffer.alloc(2 ** 20, 5));
});

it('what a killed process left is removed by the next one', async () => {
  const folder = await newFolder();
  const writer = startWriter(folder);
  await writer.begun;
  writer.kill();
  expect(await writer.ended).toBe('SIGKILL');
  expect((await readdir(folder)).some((name) => name.includes('.tmp-'))).toBe(true);
  const weights = await acquireWeights(folder, 2 ** 30, {
    key,
    byteLength: 4,
    write: (sink) => sink(new Uint8Array(4), 0),
  });
  await weights.release();
  expect(await readdir(folder)).toEqual([`${key}.weights`]);
});
