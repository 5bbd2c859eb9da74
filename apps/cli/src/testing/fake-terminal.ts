import { createStyle } from '../terminal/style';
import type { Screen, Terminal } from '../terminal/terminal';

export interface FakeTerminal extends Terminal {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** What was drawn on the screen, frame by frame. */
  readonly frames: readonly string[];
}

export interface FakeTerminalOptions {
  /** What is typed on the screen; absent: there is none. */
  readonly keys?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly signal?: AbortSignal;
}

/** A terminal that remembers what was printed. */
export function fakeTerminal(input?: string, options: FakeTerminalOptions = {}): FakeTerminal {
  const { keys, columns = 80, rows = 24, signal = new AbortController().signal } = options;
  let stdout = '';
  let stderr = '';
  const frames: string[] = [];
  const screen = (typed: readonly string[]): Screen => ({
    columns,
    rows,
    keys: (async function* () {
      yield* typed;
    })(),
    draw: (lines) => {
      frames.push(lines.join('\n'));
    },
    close: () => undefined,
  });
  return {
    frames,
    openScreen: () => keys && screen(keys),
    readLines: async function* () {
      yield* (input ?? '').split('\n').filter((line, index, all) => line !== '' || index < all.length - 1);
    },
    print: (text) => {
      stdout += text;
    },
    note: (text) => {
      stderr += text;
    },
    progress: () => undefined,
    style: createStyle(false),
    noteStyle: createStyle(false),
    width: columns,
    readInput: async () => input,
    signal,
    stdout: () => stdout,
    stderr: () => stderr,
  };
}
