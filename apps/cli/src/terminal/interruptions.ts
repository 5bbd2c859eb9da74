import type { EventEmitter } from 'node:events';

/** What ended the command before its time. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'closed-pipe';

export interface Interruptions {
  /** The one that counts; later ones change nothing. */
  readonly first: Interruption | undefined;
  readonly signal: AbortSignal;
  interrupt(why: Interruption): void;
}

/**
 * Turns SIGINT and SIGTERM into an abort. A second one says that the command is waiting: a runtime in the middle of a
 * step cannot be stopped, and ending the process then would crash it.
 * @param source the process
 */
export function watchInterruptions(source: EventEmitter, note: (text: string) => void): Interruptions {
  const controller = new AbortController();
  let first: Interruption | undefined;
  const interrupt = (why: Interruption): void => {
    if (first !== undefined && why !== 'closed-pipe')
      note('\nstopping; waiting for the running step to end\n');
    first ??= why;
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) source.on(name, () => interrupt(name));
  return {
    get first() {
      return first;
    },
    signal: controller.signal,
    interrupt,
  };
}
