import { spawn, spawnSync } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { downloadModel } from '../index';
import { sha256 } from '../testing/hub-server';
import { files, id } from '../testing/test-files';
import { testHub } from '../testing/test-hub';

const python = process.env.PYTHON ?? 'python3';
const found = spawnSync(python, ['-c', 'import huggingface_hub; print(huggingface_hub.__version__)'], {
  encoding: 'utf8',
});
const version = found.status === 0 ? found.stdout.trim() : undefined;
if (version === undefined) {
  console.info(`skipped: ${python} has no huggingface_hub (name another interpreter in PYTHON)`);
}

/** Runs a line of Python that prints a path. */
async function run(line: string, env: Record<string, string>): Promise<string> {
  const child = spawn(python, ['-c', line], {
    env: { ...process.env, HF_HUB_DISABLE_XET: '1', HF_HUB_DISABLE_PROGRESS_BARS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (text: Buffer) => (output += text));
  child.stderr.on('data', (text: Buffer) => (errors += text));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(errors.slice(-2000));
  return output.trim();
}

describe.skipIf(version === undefined)(`the cache is shared with huggingface_hub ${version}`, () => {
  const fileLine = (path: string) =>
    `from huggingface_hub import hf_hub_download; print(hf_hub_download('${id}', '${path}'))`;

  test('it reads what we cached', async () => {
    const { options, cache } = await testHub();
    const { folder } = await downloadModel(id, options);
    const offline = { HF_HUB_CACHE: cache, HF_HUB_OFFLINE: '1' };
    for (const path of ['config.json', 'model.safetensors']) {
      expect(await run(fileLine(path), offline)).toBe(join(folder, path));
    }
    const line = `from huggingface_hub import scan_cache_dir; i = scan_cache_dir(); print(len(i.warnings), i.repos and next(iter(i.repos)).repo_id)`;
    expect(await run(line, offline)).toBe(`0 ${id}`);
  }, 60_000);

  test('we read what it cached, and take its files over', async () => {
    const { hub, options, cache } = await testHub();
    const online = { HF_HUB_CACHE: cache, HF_ENDPOINT: hub.endpoint };
    for (const path of ['config.json', 'tokenizer.json', 'model.safetensors'])
      await run(fileLine(path), online);
    const { folder } = await downloadModel(id, { ...options, offline: true });
    expect(sha256(await readFile(join(folder, 'model.safetensors')))).toBe(
      sha256(files['model.safetensors']),
    );
    const sent = hub.sent;
    expect(await realpath((await downloadModel(id, options)).folder)).toBe(await realpath(folder));
    expect(hub.sent).toBe(sent);
  }, 60_000);
});
