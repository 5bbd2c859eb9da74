import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { downloadModel } from '../index';
import { sha256 } from '../testing/hub-server';
import { noise } from '../testing/noise';
import { files, id } from '../testing/test-files';
import { filesBelow, testHub } from '../testing/test-hub';

const script = fileURLToPath(new URL('../testing/download-slowly.ts', import.meta.url));
const mebibyte = 1 << 20;

function start(endpoint: string, cache: string) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@nexttoken/source', script, id, endpoint, cache],
    { cwd: fileURLToPath(new URL('.', import.meta.url)), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return {
    child,
    ended: new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal))),
  };
}

test('kill -9 in the middle: the next process goes on, and fetches less than a MiB a connection again', async () => {
  const big = { ...files, 'model.safetensors': noise(24 * mebibyte) };
  let isSlow = true;
  const { hub, options, cache } = await testHub({
    files: big,
    misbehave(request, response, content) {
      if (!isSlow || content.length < 1000) return false;
      const [from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range!)!.slice(1).map(Number) as [
        number,
        number,
      ];
      response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${content.length}` });
      let at = from;
      const timer = setInterval(() => {
        const end = Math.min(at + 100_000, to + 1);
        hub.sent += end - at;
        response.write(content.subarray(at, end));
        at = end;
        if (at > to) response.end();
      }, 20);
      response.on('close', () => clearInterval(timer));
      return true;
    },
  });
  const { child, ended } = start(hub.endpoint, cache);
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      if (
        text
          .toString()
          .split('\n')
          .some((line) => Number(line) > 9 * mebibyte)
      )
        resolve();
    });
  });
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  expect((await filesBelow(cache)).some((path) => path.endsWith('nexttoken-lock'))).toBe(true);
  isSlow = false;
  await new Promise((resolve) => setTimeout(resolve, 100));
  const before = hub.sent;
  const { folder } = await downloadModel(id, options);
  expect(sha256(await readFile(join(folder, 'model.safetensors')))).toBe(sha256(big['model.safetensors']));
  expect(hub.sent - before).toBeLessThan((24 - 9 + 4) * mebibyte);
  expect((await filesBelow(cache)).filter((path) => /lock|part/.test(path))).toEqual([]);
}, 30_000);

test('two processes share one download', async () => {
  const big = { ...files, 'model.safetensors': noise(8 * mebibyte) };
  const { hub, cache } = await testHub({ files: big });
  const both = [start(hub.endpoint, cache), start(hub.endpoint, cache)];
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  expect(hub.sent).toBe(8 * mebibyte + files['config.json'].length + files['tokenizer.json'].length);
}, 30_000);
