import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleSource } from '@nexttoken/workspace/testing';
import { afterAll, beforeAll } from 'vitest';

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with everything on standard output so far, whenever there is more. */
  readonly onStdout?: (text: string, child: ChildProcess) => void;
  readonly onStderr?: (text: string, child: ChildProcess) => void;
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = fileURLToPath(new URL('../..', import.meta.url));
const bundles = join(folder, 'node_modules', '.cache');

/** Runs the real command, bundled from source once, with a weights cache that the tests of a file share. */
export function cliRunner(): (args: readonly string[], options?: CliOptions) => Promise<CliResult> {
  let cache = '';
  let home = '';
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'nexttoken-cli-'));
    await mkdir(bundles, { recursive: true });
    home = await mkdtemp(join(bundles, 'cli-'));
    await bundleSource(main, join(home, 'main.mjs'));
  });
  afterAll(async () => {
    await rm(cache, { recursive: true, force: true });
    await rm(home, { recursive: true, force: true });
  });
  return (args, { input = '', env = {}, onStdout, onStderr } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(home, 'main.mjs'), ...args], {
        cwd: folder,
        env: { ...process.env, NEXTTOKEN_CACHE: cache, ...env },
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        onStdout?.(stdout, child);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
        onStderr?.(stderr, child);
      });
      child.stdin.on('error', () => undefined).end(input);
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    });
}
