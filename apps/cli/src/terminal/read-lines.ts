import { createInterface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';

/** Lines of an input as they come; a person sees a prompt on `notes` before each. Ends with the input or the signal. */
export async function* readProcessLines(
  prompt: string,
  input: ReadStream,
  notes: WriteStream,
  signal: AbortSignal,
): AsyncGenerator<string> {
  if (signal.aborted) return;
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const stop = (): void => reader.close();
  signal.addEventListener('abort', stop, { once: true });
  const ask = (): void => {
    if (input.isTTY) notes.write(prompt);
  };
  try {
    ask();
    for await (const line of reader) {
      yield line;
      if (signal.aborted) return;
      ask();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    reader.close();
  }
}
