import { sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { describe, expect, it } from 'vitest';
import { run } from '../run';
import { fakeTerminal } from '../testing/fake-terminal';

async function call(...args: string[]) {
  const terminal = fakeTerminal();
  const code = await run(['model', ...args], terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('nexttoken model', () => {
  it('prints the tree with its numbers', async () => {
    const { code, stdout, stderr } = await call();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^LlamaForCausalLM +[\d,]+ +\d+\.\d MB\n {2}model: LlamaModel/);
    expect(stdout).toMatch(/ × LlamaDecoderLayer/);
    expect(stdout).toMatch(/\n[\d,]+ parameters, \d+\.\d MB \(\d+ bytes\)\n/);
  });

  it('--plain prints it as PyTorch does', async () => {
    const { stdout } = await call('tales', '--plain', '--printed-by', 'transformers-4.38');
    expect(stdout).toMatch(/^LlamaForCausalLM\(\n {2}\(model\): LlamaModel\(\n/);
    expect(stdout).toContain('(act_fn): SiLU()');
    expect(stdout.endsWith('\n)\n')).toBe(true);
  });

  it('--json prints the data', async () => {
    const { stdout } = await call('--model', 'tales', '--json');
    const { path, from, root, missing, surplus } = JSON.parse(stdout);
    expect([from, missing, surplus]).toEqual(['header', [], []]);
    expect(path).toMatch(/tales$/);
    expect(root.children.map(({ name }: { name: string }) => name)).toEqual(['model', 'lm_head']);
  });

  it.each([
    [['a', 'b'], 2, 'invalid-parameter'],
    [['tales', '--model', 'tales'], 2, 'invalid-parameter'],
    [['no/such', '--offline'], 1, 'model-not-found'],
    [['tales', '--printed-by', 'keras'], 1, 'invalid-parameter'],
  ])('refuses %j', async (args, expected, name) => {
    const { code, stdout } = await call(...args, '--json');
    expect([code, JSON.parse(stdout).error.code]).toEqual([expected, name]);
  });
});

describeShared('nexttoken model on real files', () => {
  it.each([
    'data/models/stories260k',
    'data/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf',
    'goldens/models/tiny-random-gpt2',
  ])('%s', async (path) => {
    const { code, stdout } = await call(sharedPath(path));
    expect(code).toBe(0);
    expect(stdout).toContain('counted once');
  });
});
