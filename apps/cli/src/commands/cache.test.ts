import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadModel } from '@nexttoken/hub';
import { hubServer } from '@nexttoken/hub/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { run } from '../run';
import { fakeTerminal } from '../testing/fake-terminal';

const id = 'some/model';
let folder: string;
let model: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexttoken-cache-'));
  vi.stubEnv('HF_HUB_CACHE', folder);
  vi.stubEnv('HF_HUB_OFFLINE', '');
  const hub = await hubServer({
    id,
    files: { 'config.json': new TextEncoder().encode('{}'), 'model.safetensors': new Uint8Array(3000) },
  });
  model = (await downloadModel(id, { endpoint: hub.endpoint, token: '' })).folder;
  hub.close();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function call(...args: string[]) {
  const terminal = fakeTerminal();
  const code = await run(['cache', ...args], terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

test('list, verify, rm', async () => {
  const listed = await call('list');
  expect(listed.stdout).toContain(`✓ ${id}  3.0 kB  used ${new Date().toISOString().slice(0, 4)}`);
  expect(JSON.parse((await call('--json')).stdout)).toMatchObject({
    folder,
    entries: [{ id, worksOffline: true }],
  });
  expect((await call('verify')).stdout).toBe(`✓ ${id}: 2 of 2 files as their checksums say\n`);
  const bytes = await readFile(join(model, 'model.safetensors'));
  bytes[5] = 1;
  await writeFile(join(model, 'model.safetensors'), bytes);
  expect((await call('verify', id)).stdout).toMatch(/^✗ some\/model: 1 of 2 .*\n {4}wrong: .*\n$/);
  expect((await call('rm', id)).stdout).toBe(`${id} is removed\n`);
  expect((await call('list')).stdout).toContain('0 models, 0 B');
  expect(await call('rm', id)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not in the cache'),
  });
});

test.each([['show'], ['rm'], ['list', id], ['rm', id, 'more']])('%j is refused', async (...args) => {
  expect((await call(...args)).code).toBe(2);
});
