import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { run } from '../run';
import { type FakeTerminalOptions, fakeTerminal } from './fake-terminal';

interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly frames: readonly string[];
  /** What `--json` printed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into any result
  json(): any;
}

type Call = (args: readonly string[], input?: string, options?: FakeTerminalOptions) => Promise<Called>;

/** Runs commands in this process, with a folder of their own (for the weights cache too) that is removed behind the tests. */
export function callRunner(): Call & { readonly folder: () => string } {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexttoken-call-'));
    vi.stubEnv('NEXTTOKEN_CACHE', folder);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });
  const call: Call = async (args, input, options) => {
    const terminal = fakeTerminal(input, options);
    const code = await run(args, terminal);
    const [stdout, stderr] = [terminal.stdout(), terminal.stderr()];
    return { code, stdout, stderr, frames: terminal.frames, json: () => JSON.parse(stdout) };
  };
  return Object.assign(call, { folder: () => folder });
}
