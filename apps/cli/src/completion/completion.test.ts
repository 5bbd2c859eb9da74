import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { flags } from '../arguments/flags';
import { commands } from '../commands';
import { run } from '../run';
import { fakeTerminal } from '../testing/fake-terminal';

async function script(shell: string): Promise<string> {
  const terminal = fakeTerminal();
  expect(await run(['completion', shell], terminal)).toBe(0);
  return terminal.stdout();
}

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish'])('%s knows every command and each of its flags', async (shell) => {
    const text = await script(shell);
    for (const { name, flags: own } of commands) {
      if (name === 'help') continue;
      expect(text).toContain(name);
      for (const flag of own) expect(text).toContain(shell === 'fish' ? `-l ${flag}` : `--${flag}`);
    }
    expect(text).toMatch(/\blens\b/);
    expect(Object.keys(flags).length).toBeGreaterThan(50);
  });

  test.skipIf(!existsSync('/bin/bash'))('bash completes commands, words and flags', async () => {
    const text = await script('bash');
    const complete = (...words: readonly string[]): string[] => {
      const ask = `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _nexttoken; echo "\${COMPREPLY[@]}"`;
      return execFileSync('/bin/bash', ['-c', `${text}\n${ask}`], { encoding: 'utf8' })
        .trim()
        .split(' ');
    };
    expect(complete('nexttoken', 'insp')).toEqual(['inspect']);
    expect(complete('nexttoken', 'inspect', 've')).toEqual(['verify']);
    expect(complete('nexttoken', 'score', '--wo')).toEqual(['--worst']);
    expect(complete('nexttoken', 'cache', 'r')).toEqual(['rm']);
  });

  test('another shell is refused', async () => {
    expect(await run(['completion', 'tcsh'], fakeTerminal())).toBe(2);
    expect(await run(['completion'], fakeTerminal())).toBe(2);
  });
});
