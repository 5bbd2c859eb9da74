import {
  type ForwardOptions,
  type ForwardResult,
  type Logits,
  type LogitsRequest,
  NextTokenError,
  type RowTokens,
  type Session,
} from '@nexttoken/model';
import { checkedRows } from './checked-rows';
import { checkLengths, checkParents, checkRowCount, ExclusiveSession, refuse } from './exclusive-session';
import type { Mixture } from './mix-language-models';
import { mixLogits } from './mix-logits';

/** One session of each model, all with the same rows. Everything is checked before the first of them is asked. */
export class MixedSession extends ExclusiveSession implements Session {
  constructor(
    readonly model: Mixture,
    readonly sessions: readonly Session[],
  ) {
    super();
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
    const logits = await this.exclusively('forward', () => this.#run(rows, options));
    return { logits } as ForwardResult<Request>;
  }

  async select(parents: readonly number[]): Promise<void> {
    await this.exclusively('select', async () => {
      if (!this.model.capabilities.select) refuse('select');
      checkRowCount(parents.length, this.model.capabilities);
      checkParents(parents, this.rowCount);
      for (const session of this.sessions) await session.select(parents);
    });
  }

  async truncate(lengths: readonly number[]): Promise<void> {
    await this.exclusively('truncate', async () => {
      if (!this.model.capabilities.truncate) refuse('truncate');
      checkLengths(lengths, this.lengths);
      for (const session of this.sessions) await session.truncate(lengths);
    });
  }

  async fork(): Promise<Session> {
    return this.exclusively('fork', async () => {
      if (!this.model.capabilities.fork) refuse('fork');
      return new MixedSession(this.model, await Promise.all(this.sessions.map((session) => session.fork())));
    });
  }

  protected async release(): Promise<void> {
    this.model.sessions.delete(this);
    await Promise.all(this.sessions.map((session) => session.dispose()));
  }

  async #run(rows: readonly RowTokens[], options: ForwardOptions): Promise<(Logits | null)[]> {
    const { logits: request = 'last', signal, onProgress, capture, top } = options;
    const { capabilities, vocabSize } = this.model;
    if (capture?.hiddenStates) refuse('hiddenStates');
    if (capture?.attention) refuse('attention');
    if (top !== undefined) refuse('topLogits');
    if (request === 'all' && !capabilities.allPositions) refuse('allPositions');
    const before = this.lengths;
    const copies = checkedRows(rows, before, { vocabSize, contextLength: capabilities.contextLength });
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
