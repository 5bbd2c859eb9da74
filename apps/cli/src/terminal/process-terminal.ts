import { stderr, stdin, stdout } from 'node:process';
import { type Interruption, watchInterruptions } from './interruptions';
import { openProcessScreen } from './process-screen';
import { readProcessLines } from './read-lines';
import { createStyle } from './style';
import type { Terminal } from './terminal';

export interface ProcessTerminal extends Terminal {
  readonly interruption: Interruption | undefined;
  /** Takes a progress line away that still stands. */
  close(): void;
}

/**
 * The terminal of this process. It never ends the process: it aborts `signal`, and the command comes to its end.
 * @param options.colours whether they may be used, where the terminal has them and `NO_COLOR` does not forbid them
 */
export function createProcessTerminal({ colours }: { readonly colours: boolean }): ProcessTerminal {
  let lineLength = 0;
  const clearLine = (): void => {
    if (lineLength > 0) stderr.write(`\r${' '.repeat(lineLength)}\r`);
    lineLength = 0;
  };
  const interruptions = watchInterruptions(process, (text) => note(text));
  const note = (text: string): void => {
    if (interruptions.first === 'closed-pipe') return;
    clearLine();
    stderr.write(text);
  };
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    interruptions.interrupt('closed-pipe');
  });
  stderr.on('error', () => undefined);
  return {
    get interruption() {
      return interruptions.first;
    },
    signal: interruptions.signal,
    style: createStyle(colours && wantsColours(stdout.isTTY)),
    noteStyle: createStyle(colours && wantsColours(stderr.isTTY)),
    width: Math.max(40, Math.min((stdout.isTTY && stdout.columns) || 80, 120)),
    print: (text) => {
      clearLine();
      if (interruptions.first !== 'closed-pipe') stdout.write(text);
    },
    note,
    progress: (text) => {
      if (!stderr.isTTY) return;
      const line = text.slice(0, (stderr.columns || 80) - 1);
      clearLine();
      stderr.write(line);
      lineLength = line.length;
    },
    readInput: () => readInput(interruptions.signal),
    openScreen: () => openProcessScreen(stdin, stdout),
    readLines: (prompt) => readProcessLines(prompt, stdin, stderr, interruptions.signal),
    close: clearLine,
  };
}

function wantsColours(isTerminal: boolean | undefined): boolean {
  return isTerminal === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

async function readInput(signal: AbortSignal): Promise<string | undefined> {
  if (stdin.isTTY) return undefined;
  const stop = (): void => void stdin.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
