import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../run';
import { fakeTerminal } from '../testing/fake-terminal';

let parent = '';
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'nexttoken-export-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function call(...args: string[]) {
  const terminal = fakeTerminal();
  const code = await run(['export', ...args], terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('nexttoken export', () => {
  it('writes an ONNX folder and tells what it wrote', async () => {
    const out = join(parent, 'tales');
    const { code, stdout, stderr } = await call('--out', out, '--dtype', 'q8');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/onnx\/model_quantized\.onnx_data +\d+\.\d MB/);
    expect(stdout).toMatch(/attention: standard(-fused)?; matrices: \d+ × int8 in blocks of 32/);
    expect(await readdir(out)).toEqual(expect.arrayContaining(['config.json', 'genai_config.json', 'onnx']));
  });

  it('--json: the files with their bytes', async () => {
    const out = join(parent, 'tales');
    const { stdout } = await call('--out', out, '--format', 'safetensors', '--json');
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ folder: out, format: 'safetensors', dtype: 'fp16', missing: [] });
    const weights = result.files.find(({ path }: { path: string }) => path === 'model.safetensors');
    expect((await readFile(join(out, 'model.safetensors'))).length).toBe(weights.bytes);
  });

  it('overwrites only when asked for', async () => {
    await writeFile(join(parent, 'mine.txt'), 'mine');
    const refused = await call('--out', parent, '--json');
    expect([refused.code, JSON.parse(refused.stdout).error.code]).toEqual([1, 'already-exists']);
    expect(await readdir(parent)).toEqual(['mine.txt']);
    expect((await call('--out', parent, '--overwrite')).code).toBe(0);
    expect(await readdir(parent)).not.toContain('mine.txt');
  });

  it('stopped in the middle, it leaves nothing', async () => {
    const controller = new AbortController();
    const terminal = {
      ...fakeTerminal(),
      signal: controller.signal,
      progress: () => controller.abort(),
    };
    const code = await run(['export', '--out', join(parent, 'tales')], terminal);
    expect([code, terminal.stdout(), terminal.stderr()]).toEqual([1, '', '']);
    expect(await readdir(parent)).toEqual([]);
  });

  it.each([
    [[], '--out'],
    [['--out', 'x', '--format', 'gguf'], '--format'],
    [['--out', 'x', '--dtype', 'q3'], '--dtype'],
    [['--out', 'x', '--dtype', 'bf16'], '--dtype'],
    [['--out', 'x', '--format', 'safetensors', '--dtype', 'q4'], '--dtype'],
    [['--out', 'x', '--format', 'safetensors', '--precision', 'fast'], '--precision'],
    [['--out', 'x', '--precision', 'rough'], '--precision'],
    [['model', '--out', 'x'], 'export'],
  ])('refuses %j', async (args, parameter) => {
    const { code, stdout } = await call(...args, '--json');
    expect([code, JSON.parse(stdout).error]).toEqual([
      2,
      expect.objectContaining({ code: 'invalid-parameter', parameter }),
    ]);
  });
});
