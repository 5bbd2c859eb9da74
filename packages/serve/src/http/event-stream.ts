import type { ServerResponse } from 'node:http';

const pause = 15_000;

/**
 * Server-sent events: `data: JSON` lines, a comment now and then while there is nothing to say. Waits where the
 * client reads slowly; one that reads nothing for too long is cut off.
 */
export class EventStream {
  #ping: NodeJS.Timeout | undefined;

  constructor(
    readonly response: ServerResponse,
    /** Milliseconds that a client may take to read what was sent. */
    readonly patience: number,
  ) {}

  /** Sends the headers; from here on errors are events. */
  open(): void {
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    });
    this.response.flushHeaders();
    this.#ping = setInterval(() => this.response.write(': waiting\n\n'), pause);
    this.#ping.unref();
  }

  async send(data: unknown): Promise<void> {
    await this.#write(`data: ${JSON.stringify(data)}\n\n`);
    this.#ping?.refresh();
  }

  async end(): Promise<void> {
    this.stop();
    await this.#write('data: [DONE]\n\n');
    this.response.end();
  }

  /** Says nothing more by itself. Idempotent. */
  stop(): void {
    clearInterval(this.#ping);
  }

  async #write(text: string): Promise<void> {
    const { response } = this;
    if (response.destroyed || response.write(text)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => response.destroy(), this.patience);
      const done = (): void => {
        clearTimeout(timer);
        response.off('drain', done).off('close', done);
        resolve();
      };
      response.once('drain', done).once('close', done);
    });
  }
}
