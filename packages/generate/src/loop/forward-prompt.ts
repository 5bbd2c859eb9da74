import type { ForwardProgress, ForwardResult, PrefillEvent, RowTokens, Session } from '@nexttoken/model';
import { forwardTokens } from './forward-tokens';

/**
 * Reads the prompts and reports how far it is: one event whenever the backend reports progress, and in
 * any case one at the end. A consumer that leaves in between stops the reading at the next chunk border.
 * @returns what {@link forwardTokens} returns
 */
export async function* forwardPrompt(
  session: Session,
  rows: readonly RowTokens[],
  signal: AbortSignal | undefined,
  capture?: { readonly hiddenStates: boolean },
): AsyncGenerator<PrefillEvent, ForwardResult<'last'> | undefined, undefined> {
  const total = rows.reduce((sum, { length }) => sum + length, 0);
  const left = new AbortController();
  const queue: ForwardProgress[] = [];
  let wake = (): void => {};
  let settled = false;
  let reported = 0;

  const stop = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  const running = forwardTokens(session, rows, {
    logits: 'last',
    ...(capture && { capture }),
    signal: stop,
    onProgress: (progress) => {
      queue.push(progress);
      wake();
    },
  });
  const done = running
    .catch(() => undefined)
    .finally(() => {
      settled = true;
      wake();
    });
  try {
    while (!settled || queue.length > 0) {
      const progress = queue.shift();
      if (progress) {
        reported = progress.done;
        yield { type: 'prefill', done: progress.done, total };
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (settled || queue.length > 0) resolve();
        });
      }
    }
    const result = await running;
    if (result && reported < total) yield { type: 'prefill', done: total, total };
    return result;
  } finally {
    if (!settled) left.abort();
    await done;
  }
}
