import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../run';
import { fakeTerminal } from '../testing/fake-terminal';

let folder = '';
let index = '';
let held = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexttoken-cli-ngram-'));
  index = join(folder, 'cats.ngram');
  held = join(folder, 'held.txt');
  const text = join(folder, 'cats.txt');
  await writeFile(text, 'the cat sat on the mat .\nthe cat ate .\nthe dog sat on the cat .\n');
  await writeFile(held, 'the dog ate .\na cat sat\n');
  const { code, stdout } = await cli(['train', text, '--output', index]);
  expect(code).toBe(0);
  expect(stdout).toContain('3 sentences, 8 words');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function cli(args: readonly string[], input?: string) {
  const terminal = fakeTerminal(input);
  const code = await run(['ngram', ...args], terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('nexttoken ngram', () => {
  it('train --json: facts', async () => {
    const output = join(folder, 'other.ngram');
    const { stdout, code } = await cli([
      'train',
      held,
      held,
      '--output',
      output,
      '--order',
      '3',
      '--workers',
      '2',
      '--cutoff',
      '3',
      '--json',
    ]);
    expect(code).toBe(0);
    const { bytes, seconds, ...facts } = JSON.parse(stdout);
    expect(facts).toEqual({ tokens: 14, sentences: 4, words: 0, order: 3, output });
    expect(bytes).toBe((await readFile(output)).length);
    expect(seconds).toBeGreaterThan(0);
  });

  it('probe: as the debug output of the naive program', async () => {
    const { stdout } = await cli(['probe', index, 'a dog sat on', '--top-k', '1']);
    expect(stdout.split('\n')).toEqual([
      'Probing prefix "a dog sat on"',
      'Probing prefix "dog sat on"',
      `Full token list for prefix "dog sat on": [('the', 1)]`,
      `Top-k tokens for prefix "dog sat on": [('the', 1)]`,
      '',
    ]);
    const json = JSON.parse((await cli(['probe', index, '--order', '2', '--json'], 'on the')).stdout);
    expect(json).toMatchObject({ matched: 1, total: 5, token: 'cat', tried: ['on the', 'the'] });
    expect(json.candidates[0]).toEqual({ id: 3, token: 'cat', count: 3 });
  });

  it('complete: to the end of the sentence, or drawn', async () => {
    expect((await cli(['complete', index, 'the dog'])).stdout).toBe('the dog sat on the cat .\n');
    const debug = (await cli(['complete', index, 'the dog', '--debug', '--max-new-tokens', '1'])).stdout;
    expect(debug).toMatch(/^Probing prefix "the dog"\nFull token list .*\nTop-k .*\nthe dog sat\n$/);
    const drawn = await cli(['complete', index, 'the', '--top-k', '3', '--json']);
    const { seed, finish_reason: reason, text } = JSON.parse(drawn.stdout);
    expect(drawn.stderr).toContain(`seed ${seed}`);
    expect(['stop-token', 'max-tokens']).toContain(reason);
    expect(
      JSON.parse(
        (await cli(['complete', index, 'the', '--top-k', '3', '--seed', String(seed), '--json'])).stdout,
      ).text,
    ).toBe(text);
  });

  it('perplexity: every smoothing', async () => {
    for (const smoothing of ['kneser-ney', 'witten-bell', 'add-k', 'stupid-backoff', 'longest-suffix']) {
      const { stdout, code } = await cli(['perplexity', index, held, '--smoothing', smoothing, '--json']);
      expect(code).toBe(0);
      const result = JSON.parse(stdout);
      expect(result).toMatchObject({ sentences: 2, tokens: 9, out_of_vocabulary: 1 });
      if (smoothing === 'kneser-ney') expect(result.warnings[0].code).toBe('discount-fallback');
    }
    const { stdout, stderr } = await cli(['perplexity', index, held]);
    expect(stdout).toMatch(/^kneserNey, order 5\n9 tokens with 2 sentence ends, 1 unknown\nperplexity \d/);
    expect(stderr).toContain('warning: ');
  });

  it.each([
    [[], 'invalid-parameter'],
    [['trian'], 'invalid-parameter'],
    [['train', 'x'], 'invalid-parameter'],
    [['train', '--output', 'x'], 'invalid-parameter'],
    [['train', 'x', '--output', 'y', '--order', '0'], 'invalid-parameter'],
    [['probe'], 'invalid-parameter'],
    [['probe', 'x'], 'invalid-parameter'],
    [['probe', 'x', 'y', '--smoothing', 'add-k'], 'unsupported-option'],
    [['perplexity', 'x', 'y', '--smoothing', 'none'], 'invalid-parameter'],
    [['perplexity', 'x.arpa', 'y', '--order', '2'], 'invalid-parameter'],
  ])('%j: refused with exit code 2', async (args, expected) => {
    const { code, stdout } = await cli([...args, '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error.code).toBe(expected);
  });

  it('files that are missing or wrong: exit code 1', async () => {
    for (const [args, expected] of [
      [['probe', join(folder, 'none'), 'a'], 'file-not-found'],
      [['probe', held, 'a'], 'invalid-file'],
      [['train', join(folder, 'none'), '--output', index], 'file-not-found'],
      [['perplexity', index, join(folder, 'none')], 'file-not-found'],
    ] as const) {
      const { code, stdout } = await cli([...args, '--json']);
      expect([code, JSON.parse(stdout).error.code]).toEqual([1, expected]);
    }
  });

  it('help keeps to 80 columns', async () => {
    const { stdout } = await cli(['--help']);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toContain('perplexity INDEX FILE');
  });
});
