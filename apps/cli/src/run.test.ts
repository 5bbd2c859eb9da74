import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyModelPath } from '@nexttoken/tiny-models/node';
import { describe, expect, it } from 'vitest';
import { run } from './run';
import { fakeTerminal } from './testing/fake-terminal';

/** Runs a call that ends before any model is loaded. */
async function call(args: readonly string[], input?: string) {
  const terminal = fakeTerminal(input);
  const code = await run(args, terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('help', () => {
  it.each([[[]], [['help']], [['--help']], [['-h']]])('%j lists the commands', async (args) => {
    const { code, stdout, stderr } = await call(args);
    expect([code, stderr]).toEqual([0, '']);
    for (const name of ['demo', 'tokenize', 'next', 'generate', 'doctor', 'help'])
      expect(stdout).toContain(`  ${name}`);
  });

  it.each([
    ['help', 'generate'],
    ['generate', '--help'],
    ['generate', '-h'],
  ])('%s %s shows the flags, in 80 columns', async (...args) => {
    const { code, stdout } = await call(args);
    expect(code).toBe(0);
    expect(stdout).toContain('--repetition-penalty R');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(88);
  });

  it('--version prints the version', async () => {
    expect((await call(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });
});

describe('wrong arguments', () => {
  it.each([
    [['generat', 'x'], 'unsupported-option', { nearest: 'generate' }],
    [['help', 'nothing'], 'unsupported-option', { option: 'nothing' }],
    [['next', 'x', '--tops', '3'], 'unsupported-option', { option: '--tops', nearest: '--top' }],
    [['tokenize', 'x', '--device', 'cpu'], 'unsupported-option', { option: '--device' }],
    [['next', 'x', '--top', '0'], 'invalid-parameter', { parameter: '--top' }],
    [['next', 'x', 'y'], 'invalid-parameter', { parameter: 'prompt' }],
    [['next', 'x', '--prompt', 'y'], 'invalid-parameter', { parameter: 'prompt' }],
    [['next', '--ids', '1', '--prompt', 'y'], 'invalid-parameter', { parameter: 'prompt' }],
    [['next', '--ids', '1', '--chat'], 'invalid-parameter', { parameter: '--chat' }],
    [['next', '--prompt-file', 'no/such/file'], 'file-not-found', { path: 'no/such/file' }],
    [['next'], 'invalid-parameter', { parameter: 'prompt' }],
    [['generate', 'x', '--greedy', '--temperature', '1'], 'invalid-parameter', { parameter: '--greedy' }],
    [['generate', 'x', '--greedy', '--seed', '1'], 'invalid-parameter', { parameter: '--greedy' }],
    [['generate', 'x', '--temperature', '0'], 'invalid-parameter', { parameter: '--temperature' }],
    [['generate', 'x', '--top-k', '1.5'], 'invalid-parameter', { parameter: '--top-k' }],
    [['generate', 'x', '--top-p', '1.5'], 'invalid-parameter', { parameter: '--top-p' }],
    [['generate', 'x', '--typical-p', '0'], 'invalid-parameter', { parameter: '--typical-p' }],
    [
      ['generate', 'x', '--repetition-penalty', '0'],
      'invalid-parameter',
      { parameter: '--repetition-penalty' },
    ],
    [['generate', 'x', '--seed', '-1'], 'invalid-parameter', { parameter: '--seed' }],
    [['generate', 'x', '--max-new-tokens', 'many'], 'invalid-parameter', { parameter: '--max-new-tokens' }],
    [['doctor', '--prompt', 'x'], 'unsupported-option', { option: '--prompt' }],
  ])('%j: %s, exit code 2', async (args, code, details) => {
    const plain = await call(args);
    expect([plain.code, plain.stdout]).toEqual([2, '']);
    expect(plain.stderr).toMatch(/^nexttoken: .*\n$/);
    expect(plain.stderr).toContain(`[${code}]`);
    const [command = '', ...rest] = args;
    if (command === 'help') return;
    const json = await call([command, '--json', ...rest]);
    expect([json.code, json.stderr]).toEqual([2, '']);
    expect(JSON.parse(json.stdout)).toEqual({
      error: expect.objectContaining({ code, message: expect.any(String), ...details }),
    });
  });
});

describe('a model that is not there', () => {
  it('is an error of exit code 1', async () => {
    const { code, stdout } = await call(['next', 'x', '--json', '--model', './no-such-folder']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'file-not-found', path: expect.stringContaining('no-such-folder') },
    });
  });

  it('says control characters of its name in safe ones', async () => {
    const { stderr } = await call(['tokenize', 'x', '--model', 'a\u001b[31mb']);
    expect(stderr).toContain('\\u001b[31mb');
    expect(stderr).not.toContain('\u001b');
  });
});

describe('tokenize with the embedded model', () => {
  it('takes the prompt as an argument, a flag, a file or standard input', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nexttoken-cli-'));
    try {
      await writeFile(join(folder, 'prompt.txt'), 'Once upon\n');
      const outputs = await Promise.all([
        call(['tokenize', '--json', 'Once upon']),
        call(['tokenize', '--json', '--prompt', 'Once upon']),
        call(['tokenize', '--json', '--prompt-file', join(folder, 'prompt.txt')]),
        call(['tokenize', '--json', '--prompt-file', '-'], 'Once upon\r\n'),
        call(['tokenize', '--json'], 'Once upon\n'),
      ]);
      const [first] = outputs;
      expect(JSON.parse(first!.stdout)).toEqual({
        ids: expect.any(Array),
        tokens: expect.any(Array),
        offsets: expect.any(Array),
      });
      for (const { stdout, code } of outputs) expect([stdout, code]).toEqual([first!.stdout, 0]);
      const other = await call(['tokenize', '--json'], 'Once upon\n\n');
      expect(other.stdout).not.toBe(first!.stdout);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('shows a table, and controls in safe characters', async () => {
    const { stdout, code } = await call(['tokenize', 'Once\u001b[31m']);
    expect(code).toBe(0);
    expect(stdout).toContain('token');
    expect(stdout).not.toContain('\u001b');
  });

  it('names the tokens of ids, and refuses ids that are none', async () => {
    const { stdout } = await call(['tokenize', '--json', '--ids', '5,6']);
    expect(JSON.parse(stdout)).toEqual({ ids: [5, 6], tokens: [expect.any(String), expect.any(String)] });
    const beyond = await call(['tokenize', '--json', '--ids', '5,999999']);
    expect(beyond.code).toBe(1);
    expect(JSON.parse(beyond.stdout)).toMatchObject({ error: { code: 'invalid-token-id', id: 999999 } });
  });

  it('renders a chat template where there is one', async () => {
    const plain = JSON.parse((await call(['tokenize', '--json', '--model', 'tales-chat', 'Hi'])).stdout);
    const chat = JSON.parse(
      (await call(['tokenize', '--json', '--model', 'tales-chat', '--chat', 'Hi'])).stdout,
    );
    expect(chat.ids.length).toBeGreaterThan(plain.ids.length);
    const folder = await mkdtemp(join(tmpdir(), 'nexttoken-cli-'));
    try {
      await copyFile(tinyModelPath('tales', 'tokenizer.json'), join(folder, 'tokenizer.json'));
      const { stdout, code } = await call(['tokenize', '--json', '--model', folder, '--chat', 'Hi']);
      expect([code, JSON.parse(stdout).error.code]).toEqual([1, 'chat-template']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
