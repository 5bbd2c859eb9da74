import { type GoldenArray, goldenIds, hasShared, readGolden, sharedPath } from '@nexttoken/goldens';
import { describe, expect, it } from 'vitest';
import { cliRunner } from './testing/run-cli';

const cli = cliRunner();
const model = ['--model', sharedPath('data/models/stories260k')];

interface GreedyCase {
  readonly prompt: string;
  readonly prompt_ids: number[];
  readonly ids: GoldenArray;
  readonly new_text: string;
}

function goldenCase(): { prompt: string; promptIds: number[]; ids: number[]; text: string } {
  const [first] = readGolden<{ cases: GreedyCase[] }>('generate/greedy.json').cases;
  const { prompt, prompt_ids: promptIds, ids, new_text: text } = first!;
  return { prompt, promptIds, ids: goldenIds(ids).slice(promptIds.length), text };
}

describe.skipIf(!hasShared)('nexttoken with stories260k', () => {
  it('generate --json: the golden ids', async () => {
    const { prompt, promptIds, ids, text } = goldenCase();
    const { stdout, code } = await cli([
      'generate',
      ...model,
      '--json',
      '--greedy',
      '--max-new-tokens',
      '64',
      prompt,
    ]);
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(Object.keys(result)).toEqual(['prompt_ids', 'ids', 'text', 'finish_reason', 'seed', 'steps']);
    expect(result).toMatchObject({ prompt_ids: promptIds, ids, finish_reason: 'max-new-tokens', seed: null });
    expect(result.text.trim()).toBe(text.trim());
    expect(result.steps.map(({ id }: { id: number }) => id)).toEqual(ids);
    expect(Object.keys(result.steps[0])).toEqual(['id', 'token', 'logit', 'probability', 'score', 'share']);
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it('generate prints the text alone on standard output; ids stand for the prompt', async () => {
    const { promptIds, text } = goldenCase();
    const { stdout, stderr, code } = await cli(['generate', ...model, '--ids', promptIds.join(',')]);
    expect(code).toBe(0);
    expect(stdout.trim()).toBe(text.trim());
    expect(stderr).toBe('64 tokens, max-new-tokens\n');
  });

  it('next --json: candidates in order', async () => {
    const { prompt, promptIds, ids } = goldenCase();
    const { stdout, code } = await cli(['next', ...model, '--json', '--top', '3'], { input: prompt });
    expect(code).toBe(0);
    const { candidates, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ ids: promptIds });
    expect(candidates.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2, 3]);
    expect(candidates[0]).toEqual({
      rank: 1,
      id: ids[0],
      token: expect.any(String),
      logit: expect.any(Number),
      probability: expect.any(Number),
    });
    expect(candidates[0].logit).toBeGreaterThanOrEqual(candidates[1].logit);
  });

  it('a drawn seed repeats the run; processors change scores, not logits', async () => {
    const flags = [
      'generate',
      ...model,
      '--json',
      '--max-new-tokens',
      '12',
      '--temperature',
      '1.5',
      '--top-k',
      '50',
    ];
    const first = await cli([...flags, 'Once upon a time']);
    const result = JSON.parse(first.stdout);
    expect(first.stderr).toBe(`seed ${result.seed}\n`);
    const again = await cli([...flags, '--seed', String(result.seed), 'Once upon a time']);
    expect(JSON.parse(again.stdout)).toEqual(result);
    expect(again.stderr).toBe('');
    const [step] = result.steps;
    expect(step.score).toBeCloseTo(step.logit / 1.5, 4);
  });

  it('--stop ends before the text', async () => {
    const { prompt } = goldenCase();
    const { stdout } = await cli(['generate', ...model, '--json', '--stop', 'outside', prompt]);
    const result = JSON.parse(stdout);
    expect(result.finish_reason).toBe('stop-string');
    expect(result.text).not.toContain('outside');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s keeps what was generated, exit code %i', async (signal, exitCode) => {
    let sent = false;
    const { stdout, stderr, code } = await cli(
      ['generate', ...model, '--max-new-tokens', '480', 'Once upon a time'],
      {
        onStdout: (_, child) => {
          if (!sent) sent = child.kill(signal);
        },
      },
    );
    expect(code).toBe(exitCode);
    expect(stdout.length).toBeGreaterThan(1);
    expect(stdout.endsWith('\n')).toBe(true);
    expect(stderr).toMatch(/^\d+ tokens?, aborted\n$/);
  });

  it('SIGINT with --json: one object with what there is', async () => {
    let sent = false;
    const args = [
      'generate',
      ...model,
      '--json',
      '--max-new-tokens',
      '480',
      '--top-k',
      '40',
      'Once upon a time',
    ];
    const { stdout, code } = await cli(args, {
      onStderr: (text, child) => {
        if (!sent && text.includes('seed')) sent = child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    const result = JSON.parse(stdout);
    expect(result.finish_reason).toBe('aborted');
    expect(result.prompt_ids).toEqual([1, 403, 407, 261, 378]);
    expect(result.steps).toHaveLength(result.ids.length);
  });

  it('a closed pipe ends quietly', async () => {
    const { code, stderr } = await cli(
      ['generate', ...model, '--max-new-tokens', '480', 'Once upon a time'],
      {
        onStdout: (_, child) => child.stdout?.destroy(),
      },
    );
    expect(code).toBe(0);
    expect(stderr).toBe('');
  });
});

describe('nexttoken with the embedded model', () => {
  it('demo: short, narrow, without colours in a pipe', async () => {
    const { stdout, code } = await cli(['demo'], { env: { FORCE_COLOR: '1' } });
    expect(code).toBe(0);
    expect(stdout).not.toContain('\u001b');
    const lines = stdout.split('\n');
    expect(lines.length).toBeLessThanOrEqual(60);
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(80);
    for (const text of ['The capital of France is', 'logit', 'probability', 'time to first token'])
      expect(stdout).toContain(text);
  });

  it('chat reads messages from a pipe and ends with it', async () => {
    const { stdout, stderr, code } = await cli(
      ['chat', '--model', 'tales-chat', '--json', '--no-color', '--max-new-tokens', '3'],
      { input: 'Hello!\nBye!' },
    );
    expect([code, stderr]).toEqual([0, '']);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ message }) => message)).toEqual(['Hello!', 'Bye!']);
  });

  it('doctor --json: versions, devices, models, cache', async () => {
    const { stdout, code } = await cli(['doctor', '--json']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual(['versions', 'platform', 'devices', 'models', 'cache']);
    expect(report.devices).toContainEqual({ device: 'cpu', supported: true });
    expect(report.models).toContainEqual({ name: 'tales', available: true });
    expect(report.versions.node).toBe(process.versions.node);
  });
});
