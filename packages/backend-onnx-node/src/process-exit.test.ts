import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hasShared } from '@nexttoken/goldens';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExportedModel, exportShared } from './testing/open-shared-model';

const script = fileURLToPath(new URL('./testing/exit-in-the-middle.ts', import.meta.url));

/** Runs the script, which keeps the model busy, then ends the way it is told to. */
function run(
  folder: string,
  how: string,
  signal?: NodeJS.Signals,
): Promise<{ code: number | null; signal: string | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      '--conditions=@nexttoken/source',
      script,
      folder,
      how,
    ]);
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      if (signal && output.includes('running')) child.kill(signal);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code, ended) => resolve({ code, signal: ended, output }));
  });
}

describe.skipIf(!hasShared)('a process ends cleanly while the model runs', () => {
  let exported: ExportedModel;
  beforeAll(async () => {
    exported = await exportShared('data/models/stories260k');
  });
  afterAll(() => exported?.remove());
  const folder = () => exported.options.weightsFolder!;

  test('process.exit in the middle of a run', async () => {
    const { code, output } = await run(folder(), 'exit');
    expect(output).toContain('running');
    expect(code).toBe(7);
  });

  test('an uncaught error in the middle of a run', async () => {
    const { code, output } = await run(folder(), 'throw');
    expect(output).toContain('thrown on purpose');
    expect(code).toBe(1);
  });

  test('an idle worker does not keep the process alive', async () => {
    expect((await run(folder(), 'idle')).code).toBe(0);
  });

  test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)('%s', async (signal) => {
    const ended = await run(folder(), 'wait', signal);
    expect(ended.signal).toBe(signal);
    expect(ended.code).not.toBe(134);
  });
});
