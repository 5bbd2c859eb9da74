import type { ReadStream, WriteStream } from 'node:tty';
import { parseKeys } from './parse-keys';
import type { Screen } from './terminal';

const csi = '\u001b[';
const enter = `${csi}?1049h${csi}?25l${csi}?7l`;
const leave = `${csi}?7h${csi}?25h${csi}?1049l`;

/** Typed keys as they come; ends when the input does. */
async function* typedKeys(input: ReadStream, output: WriteStream): AsyncGenerator<string> {
  const queue: string[] = [];
  let wake: () => void = () => undefined;
  let ended = false;
  const push = (...keys: readonly string[]): void => {
    queue.push(...keys);
    wake();
  };
  const onData = (data: Buffer): void => push(...parseKeys(data.toString('utf8')));
  const onResize = (): void => push('resize');
  const onEnd = (): void => {
    ended = true;
    wake();
  };
  input.on('data', onData);
  input.once('end', onEnd);
  output.on('resize', onResize);
  try {
    while (!ended || queue.length > 0) {
      if (queue.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      else yield queue.shift()!;
    }
  } finally {
    input.off('data', onData);
    input.off('end', onEnd);
    output.off('resize', onResize);
  }
}

/** The alternate screen of a real terminal, with keys unbuffered; `undefined` where it is none, or a dumb one. */
export function openProcessScreen(input: ReadStream, output: WriteStream): Screen | undefined {
  if (!input.isTTY || !output.isTTY || process.env.TERM === 'dumb') return undefined;
  input.setRawMode(true);
  input.resume();
  output.write(enter);
  let open = true;
  return {
    get columns() {
      return output.columns;
    },
    get rows() {
      return output.rows;
    },
    keys: typedKeys(input, output),
    draw(lines) {
      const shown = lines.slice(0, output.rows).map((line) => `${line}${csi}K`);
      output.write(`${csi}H${shown.join('\r\n')}${csi}J`);
    },
    close() {
      if (!open) return;
      open = false;
      output.write(leave);
      input.setRawMode(false);
      input.pause();
    },
  };
}
