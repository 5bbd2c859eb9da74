import {
  type ForwardOptions,
  type ForwardResult,
  type Logits,
  type LogitsRequest,
  NextTokenError,
  type RowTokens,
  type Session,
} from '@nexttoken/model';
import {
  checkCapability,
  checkForwardOptions,
  checkForwardRows,
  checkSelect,
  checkTruncate,
  SessionCalls,
} from '@nexttoken/model/session-calls';
import type { Mixture } from './mix-language-models';
import { mixLogits } from './mix-logits';

/** One session of each model, all with the same rows. Everything is checked before the first of them is asked. */
export class MixedSession implements Session {
  readonly #calls = new SessionCalls();

  constructor(
    readonly model: Mixture,
    readonly sessions: readonly Session[],
  ) {
    model.sessions.add(this);
  }

  get rowCount(): number {
    return this.sessions[0]!.rowCount;
  }

  get lengths(): readonly number[] {
    return this.sessions[0]!.lengths;
  }

  async forward<Request extends LogitsRequest = 'last'>(
    rows: readonly RowTokens[],
    options: ForwardOptions<Request> = {},
  ): Promise<ForwardResult<Request>> {
    const logits = await this.#calls.run('forward', () => this.#run(rows, options));
    return { logits } as ForwardResult<Request>;
  }

  async select(parents: readonly number[]): Promise<void> {
    await this.#calls.run('select', async () => {
      checkSelect(parents, this.rowCount, this.model.capabilities);
      for (const session of this.sessions) await session.select(parents);
    });
  }

  async truncate(lengths: readonly number[]): Promise<void> {
    await this.#calls.run('truncate', async () => {
      checkTruncate(lengths, this.lengths, this.model.capabilities);
      for (const session of this.sessions) await session.truncate(lengths);
    });
  }

  async fork(): Promise<Session> {
    return this.#calls.run('fork', async () => {
      checkCapability('fork', 'fork', this.model.capabilities);
      return new MixedSession(this.model, await Promise.all(this.sessions.map((session) => session.fork())));
    });
  }

  dispose(): Promise<void> {
    return this.#calls.dispose(async () => {
      this.model.sessions.delete(this);
      await Promise.all(this.sessions.map((session) => session.dispose()));
    });
  }

  async #run(rows: readonly RowTokens[], options: ForwardOptions): Promise<(Logits | null)[]> {
    const { logits: request = 'last', signal, onProgress } = options;
    const { capabilities, vocabSize } = this.model;
    const { contextLength } = capabilities;
    checkForwardOptions(options, capabilities);
    const before = this.lengths;
    const copies = checkForwardRows(rows, before, { vocabSize, contextLength });
    signal?.throwIfAborted();
    const total = copies.reduce((sum, ids) => sum + ids.length, 0);
    const parts: (readonly (Logits | null)[])[] = [];
    try {
      for (const [index, session] of this.sessions.entries()) {
        const { logits } = await session.forward(copies, {
          logits: request,
          signal,
          onProgress: (own) => {
            // Positions are done when all models have done them.
            const done = Math.floor((index * total + (own.done * total) / own.total) / this.sessions.length);
            if (done > 0 && done < total) onProgress?.({ done, total });
          },
        });
        parts.push(logits);
      }
    } catch (error) {
      await this.#takeBack(before, parts.length);
      throw error;
    }
    onProgress?.({ done: total, total });
    return copies.map((_, row) => this.#mixed(parts.map((logits) => logits[row] ?? null)));
  }

  #mixed(parts: readonly (Logits | null)[]): Logits | null {
    const [first] = parts;
    if (!first) return null;
    const { positions, vocabSize } = first;
    const data = new Float32Array(positions * vocabSize);
    for (let begin = 0; begin < data.length; begin += vocabSize) {
      const own = parts.map((logits) => logits!.data.subarray(begin, begin + vocabSize));
      mixLogits(own, this.model.weights, this.model.at, data.subarray(begin, begin + vocabSize));
    }
    return { data, positions, vocabSize };
  }

  /** The models that were done already forget the new positions again. */
  async #takeBack(lengths: readonly number[], done: number): Promise<void> {
    for (const session of this.sessions.slice(0, done)) {
      if (!this.model.models[this.sessions.indexOf(session)]!.capabilities.truncate) {
        throw new NextTokenError(
          'unsupported-capability',
          'a model of the mixture cannot take positions back',
          {
            capability: 'truncate',
          },
        );
      }
      await session.truncate(lengths);
    }
  }
}
