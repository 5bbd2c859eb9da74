import { ApiError, shuttingDown } from '../http/api-error';

interface Waiting {
  readonly rows: number;
  admit(): void;
  reject(error: unknown): void;
}

/** Lets requests in, first come, first served, as long as there are rows; the others wait in a queue with an end. */
export class Admission {
  #running = 0;
  #requests = 0;
  #closed = false;
  /** Milliseconds that a request took, averaged over the last ones. */
  #duration = 1000;
  readonly #waiting: Waiting[] = [];

  constructor(
    /** Rows that may run at once. */
    readonly maxRows: number,
    /** Requests that may wait. */
    readonly maxWaiting: number,
  ) {}

  /** Rows that run now. */
  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Seconds until a request that is turned away now may find room. */
  get retryAfter(): number {
    const seconds = (this.#duration / 1000) * ((this.#waiting.length + 1) / Math.max(1, this.#requests));
    return Math.min(60, Math.max(1, Math.ceil(seconds)));
  }

  /**
   * Waits for room.
   * @returns the release; call it once
   * @throws ApiError 429 with Retry-After when the queue is full, 503 when the server shuts down; the signal's reason
   */
  async acquire(rows: number, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#closed) throw shuttingDown('the server is shutting down');
    if (this.#waiting.length > 0 || this.#running + rows > this.maxRows) await this.#wait(rows, signal);
    else this.#enter(rows);
    const begin = performance.now();
    return () => {
      this.#running -= rows;
      this.#requests--;
      this.#duration += 0.1 * (performance.now() - begin - this.#duration);
      this.#admitNext();
    };
  }

  /** Turns away all that wait or come. */
  close(): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(shuttingDown('the server is shutting down'));
  }

  #enter(rows: number): void {
    this.#running += rows;
    this.#requests++;
  }

  #admitNext(): void {
    for (let first = this.#waiting[0]; first && this.#running + first.rows <= this.maxRows; ) {
      this.#waiting.shift();
      this.#enter(first.rows);
      first.admit();
      first = this.#waiting[0];
    }
  }

  #wait(rows: number, signal: AbortSignal): Promise<void> {
    if (this.#waiting.length >= this.maxWaiting) {
      const headers = { 'retry-after': String(this.retryAfter) };
      throw new ApiError(429, 'too many requests are waiting; try again later', {
        code: 'queue_full',
        headers,
      });
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const index = this.#waiting.indexOf(place);
        if (index < 0) return;
        this.#waiting.splice(index, 1);
        reject(signal.reason);
        this.#admitNext();
      };
      const place: Waiting = {
        rows,
        admit: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
        reject: (error) => {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(place);
    });
  }
}
