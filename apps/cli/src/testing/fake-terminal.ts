import { createStyle } from '../terminal/style';
import type { Terminal } from '../terminal/terminal';

export interface FakeTerminal extends Terminal {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** A terminal that remembers what was printed. */
export function fakeTerminal(input?: string): FakeTerminal {
  let stdout = '';
  let stderr = '';
  return {
    print: (text) => {
      stdout += text;
    },
    note: (text) => {
      stderr += text;
    },
    progress: () => undefined,
    style: createStyle(false),
    noteStyle: createStyle(false),
    width: 80,
    readInput: async () => input,
    signal: new AbortController().signal,
    stdout: () => stdout,
    stderr: () => stderr,
  };
}
