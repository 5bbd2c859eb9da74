import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../run';
import { fakeTerminal } from '../testing/fake-terminal';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexttoken-read-grammar-'));
  await writeFile(
    join(folder, 'schema.json'),
    JSON.stringify({ enum: [{ colour: 'red' }, { colour: 'blue' }] }),
  );
  await writeFile(join(folder, 'broken.json'), '{');
  await writeFile(join(folder, 'answer.gbnf'), 'root ::= " and " ("then" | "now") "!"');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function generate(...flags: readonly string[]) {
  const terminal = fakeTerminal();
  const code = await run(['generate', 'One day', ...flags, '--json'], terminal);
  const stdout = terminal.stdout();
  return { code, result: stdout === '' ? undefined : JSON.parse(stdout), stderr: terminal.stderr() };
}

describe('generate with a grammar', () => {
  it.each([
    ['json-schema', () => join(folder, 'schema.json'), /^\{"colour": "(red|blue)"\}$/],
    ['regex', () => '[a-c]{3}\\d', /^[a-c]{3}\d$/],
    ['grammar', () => join(folder, 'answer.gbnf'), /^ and (then|now)!$/],
  ])('--%s: the text is what it allows, with a step for every token', async (flag, value, expected) => {
    const { code, result } = await generate(`--${flag}`, value(), '--temperature', '1.5', '--seed', '3');
    expect(code).toBe(0);
    expect(result.text).toMatch(expected);
    expect(result.finish_reason).toBe('end-token');
    expect(result.steps).toHaveLength(result.ids.length);
    for (const { constraint, probability } of result.steps) {
      expect(constraint.rules.length + Number(constraint.may_end)).toBeGreaterThan(0);
      expect(constraint.allowed_probability).toBeGreaterThanOrEqual(probability * (1 - 1e-6));
    }
  });

  it('next: who cut, the rule in force, and how probable the model finds what it allows', async () => {
    const flags = ['--regex', ' (he|she) [a-z]+', '--top', '5'];
    const plain = fakeTerminal();
    expect(await run(['next', 'One day', ...flags], plain)).toBe(0);
    expect(plain.stdout()).toMatch(/removed by/);
    expect(plain.stdout()).toMatch(/regex: rule in force /);
    expect(plain.stdout()).toMatch(/ allows \d+ tokens; the model gave [<\d. ]+ % to what is allowed/);
    const terminal = fakeTerminal();
    expect(await run(['next', 'One day', ...flags, '--json'], terminal)).toBe(0);
    const { candidates, constraints } = JSON.parse(terminal.stdout());
    expect(candidates.some(({ removed_by }: { removed_by: string }) => removed_by === 'regex')).toBe(true);
    expect(constraints).toMatchObject([{ processor: 'regex', may_end: false, forced_text: ' ' }]);
  });

  it.each([
    [() => ['--regex', 'a', '--grammar', 'x.gbnf'], 'invalid-parameter'],
    [() => ['--json-schema', join(folder, 'missing.json')], 'file-not-found'],
    [() => ['--json-schema', join(folder, 'broken.json')], 'invalid-file'],
    [() => ['--regex', '('], 'invalid-grammar'],
  ])('what cannot be is an error', async (flags, code) => {
    const { code: exit, stderr, result } = await generate(...flags());
    expect(exit).not.toBe(0);
    expect(stderr + JSON.stringify(result ?? '')).toContain(code);
  });
});
